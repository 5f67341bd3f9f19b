package dev.proffer.crds.common;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/**
 * So much of a resource.
 *
 * @param name as on the wire: cpus, mem, disk, gpus, ports …
 * @param amount of a scalar
 * @param ranges of a resource that is counted in pieces, such as ports
 */
@ApiType
@ValidationRule(
        value = "has(self.amount) != has(self.ranges)",
        messageExpression =
                "\"resource '\" + self.name + \"' needs either an amount, such as 2 or 512Mi, or ranges, such as"
                        + " 20000-29999\"")
@ValidationRule(
        value = "!(self.name in ['mem', 'disk']) || !has(self.amount) || !isQuantity(string(self.amount))"
                + " || quantity(string(self.amount)).compareTo(quantity('0')) == 0"
                + " || quantity(string(self.amount)).compareTo(quantity('1Mi')) >= 0",
        messageExpression =
                "self.name + \": \" + string(self.amount) + \" is less than 1Mi; write a unit, such as 512Mi\"")
public record ResourceAmount(
        @Required
        @Size(min = 1, max = 63)
        @JsonPropertyDescription("Name of the resource: cpus, mem, disk, gpus, ports or one of your own.")
        String name,

        @ValidationRule(value = Rules.AMOUNT, messageExpression = Rules.AMOUNT_MESSAGE)
        @JsonPropertyDescription("How much: 500m or 2 for cpus, 512Mi for mem and disk. Counted in thousandths.")
        @Nullable
        Quantity amount,

        @Size(min = 1, max = 256)
        @ValidationRule(
                value = "self.matches('^[0-9]{1,9}-[0-9]{1,9}(,[0-9]{1,9}-[0-9]{1,9})*$')",
                messageExpression =
                        "\"'\" + self + \"' is not a list of ranges; write first-last, separated by commas, such as 20000-29999\"")
        @JsonPropertyDescription(
                "Which pieces of a resource that is counted in pieces, such as ports: 20000-29999,30000-30010.")
        @Nullable
        String ranges) {}
