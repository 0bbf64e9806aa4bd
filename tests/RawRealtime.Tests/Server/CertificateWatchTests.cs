using RawRealtime.Server;
using Testing;

namespace RawRealtime.Tests.Server;

public sealed class CertificateWatchTests : IDisposable
{
    readonly CertificateFolder files = new();
    readonly ManualTime time = new();
    readonly RecordedLog log = new();
    readonly CertificateWatch watch;
    int age;

    public CertificateWatchTests()
    {
        files.WritePem("cert.pem", "key.pem", "first");
        watch = CertificateWatch.Start(new() { Pem = [new(files["cert.pem"], files["key.pem"])] }, new ServerLog(log), time)!;
    }

    public void Dispose()
    {
        watch.Dispose();
        files.Dispose();
    }

    string InForce => watch.Certificates.For(null).Leaf.Subject;

    void Looks(int times) => time.Advance(times * CertificateWatch.LookMilliseconds);

    // Files written within one tick of the file system's clock would look the same.
    void Touch(string file) => File.SetLastWriteTimeUtc(files[file], new DateTime(2026, 1, 1, 0, 0, ++age, DateTimeKind.Utc));

    [Fact]
    public void Without_certificates_nothing_is_watched() => Assert.Null(CertificateWatch.Start(new(), new ServerLog(log), time));

    [Fact]
    public void What_does_not_change_is_not_read_again()
    {
        Looks(10);
        Assert.Empty(log.Lines);
    }

    [Fact]
    public void A_new_certificate_is_in_force_when_two_looks_saw_the_same()
    {
        files.WritePem("cert.pem", "key.pem", "second");
        Touch("cert.pem");
        Looks(1);
        Assert.Equal("CN=first", InForce);
        Looks(1);
        Assert.Equal("CN=second", InForce);
        Assert.Matches("^Information: New certificates in force: CN=second until [0-9]{4}-[0-9]{2}-[0-9]{2}$", Assert.Single(log.Lines));
    }

    [Fact]
    public void A_key_that_comes_after_its_certificate_is_waited_for()
    {
        files.WritePem("cert.pem", "new-key.pem", "second");
        Touch("cert.pem");
        Looks(1);
        File.Copy(files["new-key.pem"], files["key.pem"], overwrite: true);
        Touch("key.pem");
        Looks(1);
        Assert.Empty(log.Lines);
        Looks(1);
        Assert.Equal("CN=second", InForce);
    }

    [Fact]
    public void A_file_of_no_use_keeps_the_old_one_and_is_told_once()
    {
        File.WriteAllText(files["cert.pem"], "no certificate at all");
        Touch("cert.pem");
        Looks(5);
        Assert.Equal("CN=first", InForce);
        string told = Assert.Single(log.Lines);
        Assert.StartsWith("Warning: The certificates changed and cannot use the certificate ", told);
        Assert.Contains(files["cert.pem"], told);

        File.Delete(files["cert.pem"]);
        Looks(5);
        Assert.Equal(("CN=first", 2), (InForce, log.Lines.Length));

        files.WritePem("cert.pem", "key.pem", "third");
        Touch("cert.pem");
        Looks(2);
        Assert.Equal(("CN=third", 3), (InForce, log.Lines.Length));
    }

    /// <summary>Certificates are often renewed by pointing a link elsewhere, perhaps a link to a folder in the middle of the path.</summary>
    [Fact]
    public void A_link_that_leads_elsewhere_is_a_change()
    {
        if (OperatingSystem.IsWindows()) return; // links need a privilege there
        string one = files["one"], two = files["two"], live = files["live"];
        Directory.CreateDirectory(one);
        Directory.CreateDirectory(two);
        files.WritePem("one/both.pem", "one/both.pem", "before");
        files.WritePem("two/both.pem", "two/both.pem", "after");
        Touch("one/both.pem");
        Touch("two/both.pem");
        Directory.CreateSymbolicLink(live, one);
        using CertificateWatch linked = CertificateWatch.Start(new() { Pem = [new(Path.Combine(live, "both.pem"), null)] }, new ServerLog(log), time)!;
        Directory.Delete(live);
        Directory.CreateSymbolicLink(live, two);
        Looks(2);
        Assert.Equal("CN=after", linked.Certificates.For(null).Leaf.Subject);
    }

    [Fact]
    public void Once_disposed_it_looks_no_more()
    {
        watch.Dispose();
        Assert.Equal(0, time.Timers);
    }
}
