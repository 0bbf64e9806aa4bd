namespace Conformance.Catalogue;

/// <summary>A row of a table: what is sent after the handshake, and all that must come back until the end of the stream.</summary>
/// <param name="Clause">The rule.</param>
/// <param name="Name">What it is about; begins with the number of the like case in the Autobahn suite where there is one.</param>
/// <param name="Sent">Frames, or what passes for them.</param>
/// <param name="Back">Lines of <see cref="Catalogue.Back"/>.</param>
sealed record Case(string Clause, string Name, byte[][] Sent, string[] Back)
{
    /// <summary>A row in which nothing is wrong: we close with 1000 at the end, and the server answers with it.</summary>
    public static Case Lives(string clause, string name, byte[][] sent, params string[] back) =>
        new(clause, name, [.. sent, Frames.Close(1000)], [.. back, Catalogue.Back.Close(1000)]);

    /// <summary>A row in which a rule is broken: what was owed before still comes, then a close frame with this code, then the end.</summary>
    public static Case Fails(int code, string clause, string name, byte[][] sent, params string[] back) =>
        new(clause, name, sent, [.. back, Catalogue.Back.Close(code)]);

    /// <summary>The rows for xunit: clause and name, by which they are found again.</summary>
    public static TheoryData<string, string> Rows(IEnumerable<Case> cases)
    {
        TheoryData<string, string> rows = [];
        foreach (Case one in cases) rows.Add(one.Clause, one.Name);
        return rows;
    }
}
