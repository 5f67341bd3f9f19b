package dev.proffer.protocol.media;

import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What the two encodings cost, on the messages that are most frequent and largest. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class MessageCodecBenchmark {
    @Param
    public MediaType mediaType = MediaType.PROTOBUF;

    private byte[] accept = {};
    private Event offers = Event.getDefaultInstance();

    @Setup
    public void prepare() {
        accept = mediaType.codec().encode(SampleMessages.accept(10));
        offers = SampleMessages.offers(1000);
    }

    @Benchmark
    public Call decodeAcceptOfTenTasks() throws MalformedMessageException {
        return mediaType.codec().decode(accept, Call.getDefaultInstance());
    }

    @Benchmark
    public byte[] encodeThousandOffers() {
        return mediaType.codec().encode(offers);
    }
}
