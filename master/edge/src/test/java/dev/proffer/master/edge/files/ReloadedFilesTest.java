package dev.proffer.master.edge.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReloadedFilesTest {
    @TempDir
    private Path folder;

    @Test
    void whatChangedIsReadAgain() throws IOException {
        var number = number("1");
        write("2");
        assertThat(number.value()).isEqualTo(1);
        number.refresh();
        assertThat(number.value()).isEqualTo(2);
        assertThat(number.problem()).isEmpty();
    }

    @Test
    void theLastGoodContentHoldsWhileTheNewestMakesNoSense() throws IOException {
        var number = number("1");
        write("one");
        number.refresh();
        assertThat(number.value()).isEqualTo(1);
        assertThat(number.problem()).hasValue("no number");
        write("3");
        number.refresh();
        assertThat(number.value()).isEqualTo(3);
        assertThat(number.problem()).isEmpty();
    }

    @Test
    void theLastGoodContentHoldsWhileTheFileIsGone() throws IOException {
        var number = number("1");
        Files.delete(file());
        number.refresh();
        assertThat(number.value()).isEqualTo(1);
        assertThat(number.problem().orElseThrow()).contains("number.txt");
        write("1");
        number.refresh();
        assertThat(number.problem()).isEmpty();
    }

    @Test
    void aFileThatIsTooLargeIsRefusedWithItsName() throws IOException {
        Files.write(file(), new byte[(1 << 20) + 1]);
        assertThatThrownBy(() -> ReloadedFiles.open("the number", List.of(file()), ReloadedFilesTest::parse))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContainingAll("the number", "number.txt", "larger than 1048576 bytes");
    }

    private ReloadedFiles<Integer> number(String text) throws IOException {
        write(text);
        return ReloadedFiles.open("the number", List.of(file()), ReloadedFilesTest::parse);
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    private Path file() {
        return folder.resolve("number.txt");
    }

    private static int parse(List<ReloadedFiles.Content> contents) throws IOException {
        try {
            return Integer.parseInt(contents.getFirst().bytes().toString());
        } catch (NumberFormatException e) {
            throw new IOException("no number", e);
        }
    }
}
