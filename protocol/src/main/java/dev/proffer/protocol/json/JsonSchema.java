package dev.proffer.protocol.json;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The plans of all messages that have a JSON form: those of the HTTP APIs and what they hold. Immutable. */
final class JsonSchema {
    static final JsonSchema HTTP_APIS = new JsonSchema(List.of(
            dev.proffer.protocol.v1.scheduler.CallsProto.getDescriptor(),
            dev.proffer.protocol.v1.scheduler.EventsProto.getDescriptor(),
            dev.proffer.protocol.v1.executor.CallsProto.getDescriptor(),
            dev.proffer.protocol.v1.executor.EventsProto.getDescriptor(),
            dev.proffer.protocol.v1.master.CallsProto.getDescriptor(),
            dev.proffer.protocol.v1.master.EventsProto.getDescriptor(),
            dev.proffer.protocol.v1.master.ResponsesProto.getDescriptor(),
            dev.proffer.protocol.v1.agent.CallsProto.getDescriptor(),
            dev.proffer.protocol.v1.agent.ResponsesProto.getDescriptor()));

    private final Map<Descriptor, MessagePlan> plans = new HashMap<>();
    private final Map<EnumDescriptor, EnumPlan> enums = new HashMap<>();

    private JsonSchema(List<FileDescriptor> files) {
        for (var file : files) {
            file.getMessageTypes().forEach(this::add);
        }
    }

    /** @throws IllegalArgumentException if messages of that type are not part of the HTTP APIs */
    MessagePlan plan(Descriptor descriptor) {
        var plan = plans.get(descriptor);
        if (plan == null) {
            throw new IllegalArgumentException(descriptor.getFullName() + " has no JSON form");
        }
        return plan;
    }

    private MessagePlan add(Descriptor descriptor) {
        var known = plans.get(descriptor);
        if (known != null) {
            return known;
        }
        var plan = new MessagePlan(descriptor.getName());
        plans.put(descriptor, plan);
        var fields = new ArrayList<FieldPlan>();
        for (var field : descriptor.getFields()) {
            fields.add(new FieldPlan(field, message(field), values(field)));
        }
        plan.complete(fields);
        return plan;
    }

    private @Nullable MessagePlan message(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE ? add(field.getMessageType()) : null;
    }

    private @Nullable EnumPlan values(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.ENUM
                ? enums.computeIfAbsent(field.getEnumType(), EnumPlan::new)
                : null;
    }
}
