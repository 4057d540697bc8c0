namespace KmsgOom.Tests.SecondOpinion;

/// <summary>Compares the lines of an event that belong to no section: remarks, losses, faults.</summary>
internal sealed class RemarkAgreement(OomEvent oomEvent)
{
    private int _next;
    private long _lost;

    public string? Compare(string text)
    {
        if (LossGrammar.TryParse(text) is { } loss)
        {
            _lost += loss.Count;
            return oomEvent.LostMessages >= _lost ? null : $"{_lost} lost, {oomEvent.LostMessages} found";
        }

        if (VmFaultGrammar.TryParse(text) is { } fault)
        {
            return oomEvent.Kind == OomEventKind.VmFault && oomEvent.Trigger?.Name?.ToString() == fault.Comm ? null : "another fault";
        }

        OomRemarkKind? kind = RemarkGrammar.TryParse(text)?.Kind ?? (SlubGrammar.TryParse(text) is null ? null : OomRemarkKind.Allocation);
        return kind is not { } about ? null
            : oomEvent.Remarks.Skip(_next++).FirstOrDefault() == new OomRemark(about, text.Trim(' ')) ? null : $"the grammar's remark {_next} is of {about}";
    }
}
