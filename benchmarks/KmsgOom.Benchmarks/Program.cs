using System.Globalization;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using KmsgOom.Benchmarks;

switch (args)
{
    case ["--quick", .. string[] groups]:
        QuickMode.Run(Console.Out, groups);
        return;
    case ["--write", string input, string megabytes, string path]:
        KernelLogs.Write(KernelLogs.Make(Enum.Parse<LogInput>(input)).Bytes.Span, long.Parse(megabytes, CultureInfo.InvariantCulture) * 1_000_000, path);
        return;
    case ["--chart", string results, string chart]:
        Target[] targets = Target.Judge(new ResultsFolder(results));
        TargetChart.Draw(targets, chart);
        TargetChart.WriteTable(targets, Console.Out);
        return;
    default:
        break;
}

#if DEBUG
IConfig config = new DebugInProcessConfig();
#else
IConfig config = DefaultConfig.Instance;
#endif

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
