namespace KmsgOom;

/// <summary>Tells where <see cref="OomEvent.PageSize"/> comes from.</summary>
public enum OomPageSizeSource : byte
{
    /// <summary>Nothing tells: 4096 bytes are assumed.</summary>
    Assumed,

    /// <summary>Given by the caller: <see cref="OomParserOptions.PageSize"/>.</summary>
    Option,

    /// <summary>Read or derived from the report itself.</summary>
    Log,
}
