using KmsgOom.Lines;
using KmsgOom.Tests.Text;

namespace KmsgOom.Tests.Lines;

public sealed class TaskNameTextTests
{
    [Theory]
    [InlineData(@"h\xc3\xa9llo", "h\u00c3\u00a9llo")]
    [InlineData(@"caf\xc3", "caf\u00c3")]
    [InlineData(@"\xff\xfe", "\u00ff\u00fe")]
    [InlineData(@"a\x0ab", "a\nb")]
    [InlineData(@"\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b\x1b",
        "\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b\u001b")]
    [InlineData(@"back\slash", @"back\slash")]
    [InlineData(@"\x4", @"\x4")]
    [InlineData("fifteen bytes !", "fifteen bytes !")]
    [InlineData("", "")]
    public void Hex_OfDmesg_IsUndone(string printed, string expected) =>
        Assert.Equal(new TaskName(Latin1.Bytes(expected)), TaskNameText.Read(Latin1.Bytes(printed), TaskNameText.Escaping.Hex));

    [Theory]
    [InlineData("new#012line", "new\nline")]
    [InlineData("tab#011", "tab\t")]
    [InlineData("#033[0m", "\u001b[0m")]
    [InlineData("#12", "#12")]
    [InlineData("#899", "#899")]
    [InlineData(@"h\xc3", @"h\xc3")]
    public void Octal_OfRsyslog_IsUndone(string printed, string expected) =>
        Assert.Equal(new TaskName(Latin1.Bytes(expected)), TaskNameText.Read(Latin1.Bytes(printed), TaskNameText.Escaping.Octal));

    [Theory]
    [InlineData(@"\x41")]
    [InlineData("#012")]
    public void Escape_InAWrapperWithoutEscapes_IsTheName(string printed) =>
        Assert.Equal(new TaskName(Latin1.Bytes(printed)), TaskNameText.Read(Latin1.Bytes(printed), TaskNameText.Escaping.None));

    [Fact]
    public void Hex_WhoseResultIsLongerThanAName_StaysAsPrinted() =>
        Assert.Equal(@"\x41bcdefghijkl", TaskNameText.Read(@"\x41bcdefghijklmnop"u8, TaskNameText.Escaping.Hex).ToString());
}
