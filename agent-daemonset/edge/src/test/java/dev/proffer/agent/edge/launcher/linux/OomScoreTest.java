package dev.proffer.agent.edge.launcher.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.proffer.agent.edge.cgroups.LinuxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OomScoreTest {
    @TempDir
    private Path root;

    private LinuxFiles kernel(String score) throws IOException {
        Files.createDirectories(root.resolve("proc/self"));
        Files.writeString(root.resolve("proc/self/oom_score_adj"), score);
        return new LinuxFiles(root);
    }

    private String score() throws IOException {
        return Files.readString(root.resolve("proc/self/oom_score_adj")).strip();
    }

    @Test
    void agentIsSparedWhateverItsPodsClass() throws IOException {
        var kernel = kernel("998\n");
        assertThat(OomScore.isSpared(kernel)).isFalse();
        OomScore.spareAgent(kernel);

        assertThat(score()).isEqualTo("-997");
        assertThat(OomScore.isSpared(kernel)).isTrue();
    }

    @Test
    void betterScoreIsKept() throws IOException {
        OomScore.spareAgent(kernel("-999\n"));

        assertThat(score()).isEqualTo("-999");
    }

    @Test
    void agentThatMayNotKeepsItsScore() throws IOException {
        OomScore.spareAgent(new LinuxFiles(root));

        assertThat(OomScore.isSpared(new LinuxFiles(root))).isFalse();
    }
}
