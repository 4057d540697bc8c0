namespace KmsgOom;

/// <content>What the assembler remembers between two lines.</content>
internal sealed partial class ReportAssembler
{
    /// <summary>Tells whether two assemblers will make the same of the lines from an offset on; what they have counted does not matter.</summary>
    /// <remarks>The columns that the reader of tables has at hand are those of a report that is compared.</remarks>
    public bool IsSameStateAs(ReportAssembler other, long offset) =>
        Reports.IsSameStateAs(other.Reports) && _firstMessages == other._firstMessages
        && _joiner.IsSameStateAs(other._joiner, Reports.Live, other.Reports.Live, offset)
        && _wrap.IsSameStateAs(other._wrap, Reports.Live, other.Reports.Live)
        && _mail.IsSameStateAs(other._mail, Reports.Live, other.Reports.Live, offset);
}
