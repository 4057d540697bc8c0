namespace KmsgOom;

/// <summary>Tells what a counter counts.</summary>
public enum OomUnit : byte
{
    /// <summary>Pages; <see cref="OomEvent.PageSize"/> tells how large they are.</summary>
    Pages,

    /// <summary>Units of 1,024 bytes ("kB").</summary>
    KiB,
}
