package dev.proffer.testing.programs;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** The hello framework, started as {@code make run} starts it. */
public final class Hello {
    private Hello() {}

    public static Program start(URI master, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of(
                "-jar", Built.file("frameworks/hello/target/hello.jar").toString(), "--master", master.toString()));
        arguments.addAll(List.of(options));
        return Program.java("hello", arguments);
    }
}
