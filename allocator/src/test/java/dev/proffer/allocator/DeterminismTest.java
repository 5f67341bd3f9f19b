package dev.proffer.allocator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Nothing depends on the hash codes that a virtual machine draws at its start. */
class DeterminismTest {
    private static final int WORKLOADS = 10;

    /** Identity hash codes are one constant in the first process, and addresses in the second. */
    @Test
    void otherProcessesAllocateTheSame() throws Exception {
        var constants = digestWithHashCodes(2);
        var addresses = digestWithHashCodes(4);
        var own = AllocationDigest.of(LongStream.range(0, WORKLOADS));
        assertThat(outputOf(constants)).isEqualTo(own);
        assertThat(outputOf(addresses)).isEqualTo(own);
    }

    private static Process digestWithHashCodes(int algorithm) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=" + algorithm,
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AllocationDigest.class.getName(),
                        Integer.toString(WORKLOADS))
                .redirectErrorStream(true)
                .start();
    }

    private static String outputOf(Process process) throws IOException, InterruptedException {
        var output = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
