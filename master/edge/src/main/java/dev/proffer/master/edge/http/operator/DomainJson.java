package dev.proffer.master.edge.http.operator;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.proffer.protocol.resources.DomainConversion;
import dev.proffer.protocol.v1.DomainInfo;
import java.io.IOException;

/** Where an agent or a master stands, as Mesos' endpoints say it. */
final class DomainJson {
    private DomainJson() {}

    /** The field {@code domain}, if there is anything to say. */
    static void write(JsonGenerator json, DomainInfo info) throws IOException {
        var domain = DomainConversion.read(info);
        if (domain.isPresent()) {
            json.writeObjectFieldStart("domain");
            json.writeObjectFieldStart("fault_domain");
            writeName(json, "region", domain.get().region());
            writeName(json, "zone", domain.get().zone());
            json.writeEndObject();
            json.writeEndObject();
        }
    }

    private static void writeName(JsonGenerator json, String field, String name) throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("name", name);
        json.writeEndObject();
    }
}
