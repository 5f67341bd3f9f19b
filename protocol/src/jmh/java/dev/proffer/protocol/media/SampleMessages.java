package dev.proffer.protocol.media;

import dev.proffer.protocol.v1.CommandInfo;
import dev.proffer.protocol.v1.Environment;
import dev.proffer.protocol.v1.Label;
import dev.proffer.protocol.v1.Labels;
import dev.proffer.protocol.v1.Offer;
import dev.proffer.protocol.v1.Resource;
import dev.proffer.protocol.v1.TaskInfo;
import dev.proffer.protocol.v1.Value;
import dev.proffer.protocol.v1.scheduler.Call;
import dev.proffer.protocol.v1.scheduler.Event;

/** Messages of the size and shape that a busy cluster sees. */
final class SampleMessages {
    private static final String FRAMEWORK = "5d1c0a52-3b1f-4c6a-9b0e-2f1f4f0c9a77-0000";
    private static final String AGENT = "5d1c0a52-3b1f-4c6a-9b0e-2f1f4f0c9a77-S";

    private SampleMessages() {}

    /** An ACCEPT of one offer that launches {@code tasks} command tasks. */
    static Call accept(int tasks) {
        var call = Call.newBuilder().setType(Call.Type.ACCEPT);
        call.getFrameworkIdBuilder().setValue(FRAMEWORK);
        call.getAcceptBuilder().addOfferIdsBuilder().setValue("5d1c0a52-3b1f-4c6a-9b0e-2f1f4f0c9a77-O42");
        call.getAcceptBuilder().getFiltersBuilder().setRefuseSeconds(5);
        var operation = call.getAcceptBuilder().addOperationsBuilder().setType(Offer.Operation.Type.LAUNCH);
        for (int i = 0; i < tasks; i++) {
            operation.getLaunchBuilder().addTaskInfos(task(i));
        }
        return call.build();
    }

    /** An OFFERS event with one offer of each of {@code offers} agents. */
    static Event offers(int offers) {
        var event = Event.newBuilder().setType(Event.Type.OFFERS);
        for (int i = 0; i < offers; i++) {
            event.getOffersBuilder().addOffers(offer(i));
        }
        return event.build();
    }

    private static TaskInfo task(int number) {
        var task = TaskInfo.newBuilder().setName("web");
        task.getTaskIdBuilder().setValue("web.instance-0b7e1f5a-9d0e-4d0c-8f19-" + number);
        task.getAgentIdBuilder().setValue(AGENT + 7);
        task.addResources(scalar("cpus", 0.5)).addResources(scalar("mem", 256)).addResources(ports(31000 + number, 1));
        task.setCommand(CommandInfo.newBuilder()
                .setValue("exec ./bin/serve --port $PORT0 --config /etc/web/config.yaml")
                .setEnvironment(Environment.newBuilder()
                        .addVariables(variable("PORT0", Integer.toString(31000 + number)))
                        .addVariables(variable("LOG_LEVEL", "info"))));
        task.setLabels(Labels.newBuilder()
                .addLabels(Label.newBuilder().setKey("app").setValue("web"))
                .addLabels(Label.newBuilder().setKey("version").setValue("2024-06-01")));
        return task.build();
    }

    private static Environment.Variable.Builder variable(String name, String value) {
        return Environment.Variable.newBuilder().setName(name).setValue(value);
    }

    private static Offer offer(int number) {
        var offer = Offer.newBuilder().setHostname("node-" + number + ".cluster.local");
        offer.getIdBuilder().setValue("5d1c0a52-3b1f-4c6a-9b0e-2f1f4f0c9a77-O" + number);
        offer.getFrameworkIdBuilder().setValue(FRAMEWORK);
        offer.getAgentIdBuilder().setValue(AGENT + number);
        offer.getAllocationInfoBuilder().setRole("eng/web");
        offer.addResources(scalar("cpus", 7.5))
                .addResources(scalar("mem", 14848))
                .addResources(scalar("disk", 102400))
                .addResources(ports(31000, 1000));
        return offer.build();
    }

    private static Resource.Builder scalar(String name, double amount) {
        return resource(name)
                .setType(Value.Type.SCALAR)
                .setScalar(Value.Scalar.newBuilder().setValue(amount));
    }

    private static Resource.Builder ports(long first, int count) {
        return resource("ports")
                .setType(Value.Type.RANGES)
                .setRanges(Value.Ranges.newBuilder()
                        .addRange(Value.Range.newBuilder().setBegin(first).setEnd(first + count - 1)));
    }

    private static Resource.Builder resource(String name) {
        return Resource.newBuilder()
                .setName(name)
                .setAllocationInfo(Resource.AllocationInfo.newBuilder().setRole("eng/web"));
    }
}
