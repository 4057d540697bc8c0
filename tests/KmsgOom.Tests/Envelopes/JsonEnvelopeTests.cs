namespace KmsgOom.Tests.Envelopes;

public sealed class JsonEnvelopeTests
{
    [Fact]
    public void Journal_GivesMessageHostAndTimes()
    {
        Unwrapped unwrapped = Unwrapped.Last(
            """{"__REALTIME_TIMESTAMP":"1795457836087668","MESSAGE":"a \"b\" \u00e9\\","_HOSTNAME":"node-1","SYSLOG_IDENTIFIER":"kernel","PRIORITY":"4","_SOURCE_MONOTONIC_TIMESTAMP":"27840009"}""");
        Assert.Equal("a \"b\" \u00c3\u00a9\\", unwrapped.Message);
        Assert.Equal("node-1", unwrapped.Host);
        Assert.Equal(27840009, unwrapped.Uptime);
        Assert.Equal("2026-11-23T18:17:16.087668Z", unwrapped.Wall);
        Assert.Equal("Kernel", unwrapped.Origin);
    }

    [Theory]
    [InlineData("""{"log":"[   12.345678] text\n","stream":"stdout","time":"2026-11-23T18:17:16.087668Z"}""", 12345678)]
    [InlineData("""{"stream":"stdout","nested":{"a":[1,2,{"b":"}"}]},"n":-1.5e3,"t":true,"message":"text"}""", -1)]
    [InlineData("""{"MESSAGE":[116,101,120,116]}""", -1)]
    [InlineData("""{ "msg" : "text" , "more" : null }""", -1)]
    public void Object_WithAMessage_GivesIt(string line, long uptime)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal("text", unwrapped.Message);
        Assert.Equal(uptime, unwrapped.Uptime);
    }

    [Theory]
    [InlineData("""{"insertId":"x","jsonPayload":{"message":"text","_HOSTNAME":"node-1"},"timestamp":"2026-11-23T18:17:16Z"}""")]
    [InlineData("""{"_index":"a","_source":{"host":{"name":"node-1"},"message":"text","@timestamp":"2026-11-23T18:17:16Z"}}""")]
    [InlineData("""{"log":{"message":"other"},"message":"text","host":"node-1","time":"2026-11-23T18:17:16Z","more":{"message":"other"}}""")]
    [InlineData("""{"time":"2026-11-23T18:17:16Z","host":"node-1","body":{"stringValue":"text"},"name":{"a":{}}}""")]
    public void Object_WithTheMessageInside_GivesIt(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal("text", unwrapped.Message);
        Assert.Equal("node-1", unwrapped.Host);
        Assert.Equal("2026-11-23T18:17:16Z", unwrapped.Wall);
    }

    [Theory]
    [InlineData("""{"message":"text","line":"42","body":"","_raw":"raw"}""")]
    [InlineData("""{"line":"42","message":"text"}""")]
    [InlineData("""{"message":"text","line":["a"],"x":{"log":[65,66],"line":["a"]},"log2":1}""")]
    [InlineData("""{"message":"text","syslog":{"fac":"daemon"},"collector":{"pri":30}}""")]
    [InlineData("""{"labels":{"msg":"other"},"log":"text"}""")]
    public void Object_WithDecoys_GivesTheMessageOfTheKernel(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal("text", unwrapped.Message);
        Assert.NotEqual("Program", unwrapped.Origin);
    }

    [Theory]
    [InlineData("""{"hostname":"node-1","message":"text","agent":{"hostname":"filebeat-7"},"time":"2024-05-05T10:00:00Z"}""")]
    [InlineData("""{"collector":{"time":"2001-01-01T00:00:00Z"},"time":"2024-05-05T10:00:00Z","message":"text","host":"node-1"}""")]
    [InlineData("""{"message":"text","k":{"host":{"os":"linux"},"name":"svc"},"host":"node-1","timestamp":"2024-05-05T10:00:00Z"}""")]
    public void Object_WithOthersWithin_HasItsOwnHostAndTime(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal("node-1", unwrapped.Host);
        Assert.Equal("2024-05-05T10:00:00Z", unwrapped.Wall);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{no json}")]
    [InlineData("""{"a":"b"}""")]
    [InlineData("""{"MESSAGE":"unfinished}""")]
    [InlineData("""{"MESSAGE":[1,2}""")]
    [InlineData("""{"a":[}""")]
    public void Object_WithoutAMessage_IsBareText(string line) => Assert.Equal(line, Unwrapped.Last(line).Message);

    [Fact]
    public void Program_IsToldByItsIdentifier() =>
        Assert.Equal("Program", Unwrapped.Last("""{"MESSAGE":"x","SYSLOG_IDENTIFIER":"systemd"}""").Origin);

    [Theory]
    [InlineData("<4>1 2026-11-23T18:17:16.091922+00:00 node-1 kernel - - - [   27.840009] text", "text", "node-1", 27840009)]
    [InlineData("<4>1 2026-11-23T18:17:16Z - kernel - ID1 [a b=\"c\"] text", "text", "", -1)]
    public void Rfc5424_GivesMessageHostAndTime(string line, string message, string host, long uptime)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal(message, unwrapped.Message);
        Assert.Equal(host, unwrapped.Host);
        Assert.Equal(uptime, unwrapped.Uptime);
        Assert.Equal("Kernel", unwrapped.Origin);
    }

    [Theory]
    [InlineData("[Nov23 17:36] text", "2026-11-23T17:36:00")]
    [InlineData("[  +0.000382] text", null)]
    [InlineData("[<    0.000382>] text", null)]
    [InlineData("[Di Aug 12 10:11:12 2025] text", "2025-08-12T10:11:12")]
    [InlineData("[Mi M\u00c3\u00a4r  5 10:11:12 2025] text", "2025-03-05T10:11:12")]
    [InlineData("[jeu. d\u00c3\u00a9c.  4 10:11:12 2025] text", "2025-12-04T10:11:12")]
    [InlineData("\u001b[32m[    7.260471] \u001b[0m\u001b[33mtext\u001b[0m", null)]
    public void Dmesg_OtherStamps_AreTakenOff(string line, string? time)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.Equal("text", unwrapped.Message);
        Assert.Equal(time, unwrapped.Wall);
    }

    [Theory]
    [InlineData("2026-11-23T18:17:16Z Memory cgroup out of memory: Killed process 7 (a)")]
    [InlineData("2026-11-23T18:17:16Z Call Trace:")]
    [InlineData("2026-11-23T18:17:16Z CPU: 0 PID: 7 Comm: a Not tainted 6.1.0 #1")]
    [InlineData("2026-11-23T18:17:16Z [   27.840009] a invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0")]
    public void BareTime_BeforeKernelText_IsNoHostAndTag(string line)
    {
        Unwrapped unwrapped = Unwrapped.Last(line);
        Assert.NotEqual("Program", unwrapped.Origin);
        Assert.Equal("", unwrapped.Host);
    }
}
