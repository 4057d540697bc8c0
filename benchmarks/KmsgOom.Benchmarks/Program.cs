using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using KmsgOom.Benchmarks;

if (args is ["--quick", .. string[] groups])
{
    QuickMode.Run(Console.Out, groups);
    return;
}

#if DEBUG
IConfig config = new DebugInProcessConfig();
#else
IConfig config = DefaultConfig.Instance;
#endif

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, config);
