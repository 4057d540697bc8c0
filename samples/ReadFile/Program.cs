// Which programs were killed most? Owned events, one line each.
//   dotnet run --project samples/ReadFile -- samples/logs/k8s-pod-oom-4.15.log
using KmsgOom;

Dictionary<string, int> kills = [];
foreach (string path in args)
{
    await foreach (OomEvent oom in OomLog.ReadFileAsync(path))
    {
        foreach (OomVictim victim in oom.Victims)
        {
            string name = victim.Name.ToString();
            kills[name] = kills.GetValueOrDefault(name) + 1;
        }
    }
}

foreach ((string name, int count) in kills.OrderByDescending(kill => kill.Value))
{
    Console.WriteLine($"{count,6}  {name}");
}
