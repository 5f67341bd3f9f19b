package dev.proffer.testing.programs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A program that a test starts is gone when the test is. */
class ProgramTest {
    @Test
    void itDiesWithAJvmThatIsKilled() throws IOException, InterruptedException {
        try (var parent = start(Parent.class)) {
            var child = ProcessHandle.of(Long.parseLong(parent.awaitLine(line -> line.matches("[0-9]+"))))
                    .orElseThrow();
            assertThat(child.isAlive()).isTrue();
            parent.kill();
            await().until(() -> !child.isAlive());
        }
    }

    @Test
    void whatItSaidBeforeItWasKilledIsKept() throws IOException, InterruptedException {
        try (var parent = start(Parent.class)) {
            var said = parent.awaitLine(line -> line.matches("[0-9]+"));
            parent.kill();
            assertThat(parent.lines()).contains(said);
        }
    }

    private static Program start(Class<?> main) throws IOException {
        return Program.java(
                main.getSimpleName(), List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    }

    /** Starts another program, says its process id, and waits. */
    static final class Parent {
        private Parent() {}

        public static void main(String[] args) throws Exception {
            System.out.println(start(Child.class).pid());
            Thread.currentThread().join();
        }
    }

    /** Waits. */
    static final class Child {
        private Child() {}

        public static void main(String[] args) throws InterruptedException {
            Thread.currentThread().join();
        }
    }
}
