using RawHttp.Wire;

namespace RawHttp.Tests.Wire;

public class FieldLineRulesTests
{
    [Theory]
    [InlineData("A: b", "A", "b")]
    [InlineData("A:b:c", "A", "b:c")]
    [InlineData("Content_lengths: 5", "Content_lengths", "5")]
    [InlineData("Content_Langth: 5", "Content_Langth", "5")]
    [InlineData("Contend_Length: 5", "Contend_Length", "5")]
    [InlineData("Content.Length: 5", "Content.Length", "5")]
    [InlineData("Transfer_Encodinh: 5", "Transfer_Encodinh", "5")]
    [InlineData("Transfes_Encoding: 5", "Transfes_Encoding", "5")]
    [InlineData("Transfer.Encoding: 5", "Transfer.Encoding", "5")]
    [InlineData("!#$%&'*+-.^_`|~9:", "!#$%&'*+-.^_`|~9", "")]
    public void Names_end_at_the_first_colon(string line, string expectedName, string expectedValue)
    {
        Assert.Equal(HttpFault.None, FieldLineRules.Read(Bytes.Of(line), out Piece name, out Piece value));
        Assert.Equal((expectedName, expectedValue), (Bytes.Text(name.Of(Bytes.Of(line))), Bytes.Text(value.Of(Bytes.Of(line)))));
    }

    [Theory]
    [InlineData("\tA: b", HttpFault.FoldedField)]
    [InlineData("A", HttpFault.FieldWithoutColon)]
    [InlineData("A : b", HttpFault.SpaceBeforeColon)]
    [InlineData(": b", HttpFault.BadFieldName)]
    [InlineData("\"A\": b", HttpFault.BadFieldName)]
    [InlineData("A\x0B: b", HttpFault.BadFieldName)]
    [InlineData("A: \x0C", HttpFault.BadFieldValue)]
    public void Broken_lines_name_the_rule(string line, HttpFault expected) => Assert.Equal(expected, FieldLineRules.Read(Bytes.Of(line), out _, out _));
}
