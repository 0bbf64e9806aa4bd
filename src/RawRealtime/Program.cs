Console.WriteLine("rawrealtime");
