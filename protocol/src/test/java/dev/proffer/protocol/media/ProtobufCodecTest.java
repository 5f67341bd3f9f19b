package dev.proffer.protocol.media;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.proffer.protocol.message.MalformedMessageException;
import dev.proffer.protocol.v1.ContainerID;
import dev.proffer.protocol.v1.scheduler.Call;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProtobufCodecTest {
    private final MessageCodec codec = MediaType.PROTOBUF.codec();

    @Test
    void missingFieldsAreNamed() {
        var call = Call.newBuilder();
        call.getAcceptBuilder().addOfferIdsBuilder();
        call.getAcceptBuilder()
                .addOperationsBuilder()
                .getLaunchBuilder()
                .addTaskInfosBuilder()
                .setName("n");

        assertThatThrownBy(() -> codec.decode(call.buildPartial().toByteArray(), Call.getDefaultInstance()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("Required fields of Call are missing: accept.offer_ids[0].value,"
                        + " accept.operations[0].launch.task_infos[0].task_id,"
                        + " accept.operations[0].launch.task_infos[0].agent_id");
    }

    @Test
    void aThousandMissingFieldsMakeAShortMessage() {
        var call = Call.newBuilder();
        for (int i = 0; i < 1000; i++) {
            call.getDeclineBuilder().addOfferIdsBuilder();
        }

        assertThatThrownBy(() -> codec.decode(call.buildPartial().toByteArray(), Call.getDefaultInstance()))
                .hasMessageEndingWith("decline.offer_ids[19].value and 980 more");
    }

    @Test
    void truncatedBytesAreRefused() {
        var call = Call.newBuilder().setType(Call.Type.KILL);
        call.getFrameworkIdBuilder().setValue("framework");
        var bytes = call.build().toByteArray();

        assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 3), Call.getDefaultInstance()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageStartingWith("The " + (bytes.length - 3) + " bytes are no protobuf message Call: ");
    }

    @Test
    void deepNestingIsRefused() {
        var id = ContainerID.newBuilder().setValue("c").build();
        for (int i = 0; i < 200; i++) {
            id = ContainerID.newBuilder().setValue("c").setParent(id).build();
        }
        var bytes = id.toByteArray();

        assertThatThrownBy(() -> codec.decode(bytes, ContainerID.getDefaultInstance()))
                .isInstanceOf(MalformedMessageException.class);
    }
}
