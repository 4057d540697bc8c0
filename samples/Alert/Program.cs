// Counts kills in a stream and feeds no garbage collector: views are borrowed, nothing is allocated per event.
//   dmesg | dotnet run --project samples/Alert
using System.IO.Pipelines;
using KmsgOom;

long kills = 0;
long machineWide = 0;
await using OomReader reader = new(PipeReader.Create(Console.OpenStandardInput()));
while (await reader.WaitToReadAsync())
{
    while (reader.TryRead(out OomEventView oom))
    {
        kills += oom.Victims.Length;
        machineWide += oom.Scope == OomScope.Global ? 1 : 0;
    }
}

Console.WriteLine($"{kills} kills, {machineWide} of the events for want of memory in the whole machine");
return machineWide > 0 ? 1 : 0;
