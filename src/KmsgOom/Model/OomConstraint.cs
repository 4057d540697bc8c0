namespace KmsgOom;

/// <summary>The <c>constraint=</c> word of the <c>oom-kill:</c> line.</summary>
/// <remarks>Kernels 5.0 and 5.1 print <c>CONSTRAINT_NONE</c> for every OOM; <see cref="OomEvent.Scope"/> is not fooled by that.</remarks>
public enum OomConstraint : byte
{
    /// <summary>No <c>oom-kill:</c> line was read.</summary>
    Unknown,

    /// <summary><c>CONSTRAINT_NONE</c>.</summary>
    None,

    /// <summary><c>CONSTRAINT_CPUSET</c>.</summary>
    Cpuset,

    /// <summary><c>CONSTRAINT_MEMORY_POLICY</c>.</summary>
    MemoryPolicy,

    /// <summary><c>CONSTRAINT_MEMCG</c>.</summary>
    Memcg,

    /// <summary>A word that this version does not know; <see cref="OomEvent.ConstraintText"/> has it.</summary>
    Other,
}
