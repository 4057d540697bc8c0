namespace KmsgOom;

/// <summary>A filter that cannot be used.</summary>
public sealed class OomFilterException : FormatException
{
    /// <summary>Makes an exception without a filter.</summary>
    public OomFilterException()
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong.</param>
    public OomFilterException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What caused it.</param>
    public OomFilterException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal OomFilterException(OomFilterError error)
        : base(error.ToString()) => Error = error;

    /// <summary>Gets what is wrong, and where.</summary>
    public OomFilterError? Error { get; }
}
