package dev.proffer.sdk.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.proffer.sdk.session.StreamInput;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class InboxTest {
    private static final int A_LOT = 40 << 20;

    private final Inbox inbox = new Inbox();

    @Test
    void holdsOnlySoManyInputs() throws InterruptedException {
        var writer = writing(1000, 1);

        await().until(() -> writer.getState() == Thread.State.WAITING);
        assertThat(inbox.size()).isEqualTo(256);

        for (int i = 0; i < 1000; i++) {
            assertThat(inbox.take(TimeUnit.MINUTES.toNanos(1))).hasValue(input(i));
        }
        writer.join();
    }

    @Test
    void holdsOnlySoManyBytesButAlwaysOneInput() throws InterruptedException {
        var writer = writing(2, A_LOT);
        await().until(() -> writer.getState() == Thread.State.WAITING);
        assertThat(inbox.size()).isEqualTo(1);

        assertThat(inbox.take(0)).hasValue(input(0));
        writer.join();
        assertThat(inbox.take(0)).hasValue(input(1));
    }

    @Test
    void returnsWithNothingWhenTheTimeIsUpOrSomebodyWakesIt() throws InterruptedException {
        assertThat(inbox.take(0)).isEmpty();
        inbox.wake();
        assertThat(inbox.take(Long.MAX_VALUE)).isEmpty();
    }

    private Thread writing(int count, int bytes) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                for (int i = 0; i < count; i++) {
                    inbox.put(input(i), bytes);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private static StreamInput input(int number) {
        return new StreamInput.Broken(number, "");
    }
}
