namespace KmsgOom.Cli;

/// <summary>Standard output: has events made text on other cores while the log is read on, and writes them in their order.</summary>
internal sealed class ScanOutput(Stream stdout, int jobs, Func<ScanBatch> makeBatch)
{
    // Enough work for a thread to be worth waking, little enough to wait in memory: a dozen reports.
    private const int BatchLines = 1024;

    // What waits for a thread, so that none waits for the reader while an earlier batch takes longer.
    private const int BatchesPerThread = 2;

    private readonly Queue<(ScanBatch Batch, Task Rendering)> _rendering = [];
    private readonly Stack<ScanBatch> _idle = [];
    private ScanBatch _batch = makeBatch();
    private bool _isFirst = true;

    public void Write(OomEvent oomEvent, OomEvent? previous)
    {
        _batch.Add(oomEvent, previous);
        if (_batch.Lines >= BatchLines)
        {
            Render();
        }
    }

    /// <exception cref="OutputLostException">Nobody reads any more, or the disk is full.</exception>
    public void Flush()
    {
        if (!_batch.IsEmpty)
        {
            Render();
        }

        while (_rendering.Count > 0)
        {
            WriteOldest();
        }
    }

    private void Render()
    {
        while (_rendering.Count >= BatchesPerThread * jobs)
        {
            WriteOldest();
        }

        (ScanBatch batch, bool isFirst) = (_batch, _isFirst);
        Task rendering = Task.CompletedTask;
        if (jobs > 1)
        {
            rendering = Task.Run(() => batch.Render(isFirst));
        }
        else
        {
            batch.Render(isFirst);
        }

        _rendering.Enqueue((batch, rendering));
        _batch = _idle.TryPop(out ScanBatch? idle) ? idle : makeBatch();
        _isFirst = false;
    }

    private void WriteOldest()
    {
        (ScanBatch batch, Task rendering) = _rendering.Dequeue();
        rendering.GetAwaiter().GetResult();
        try
        {
            stdout.Write(batch.Text);
            stdout.Flush();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new OutputLostException(exception);
        }

        batch.Clear();
        _idle.Push(batch);
    }
}
