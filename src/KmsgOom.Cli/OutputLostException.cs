namespace KmsgOom.Cli;

/// <summary>Standard output cannot be written; kept apart from the same exceptions of an input.</summary>
internal sealed class OutputLostException(Exception cause) : Exception(cause.Message, cause)
{
    // .NET puts the errno into HResult: EPIPE; then ERROR_BROKEN_PIPE and ERROR_NO_DATA of Windows.
    public bool IsClosedPipe => InnerException!.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);
}
