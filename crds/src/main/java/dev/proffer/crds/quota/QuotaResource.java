package dev.proffer.crds.quota;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.proffer.crds.ApiType;
import dev.proffer.crds.common.Rules;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Quantity;
import org.jspecify.annotations.Nullable;

/** Guarantee and limit of one resource. */
@ApiType
@ValidationRule(
        value = "has(self.guarantee) || has(self.limit)",
        messageExpression = "\"resource '\" + self.name + \"' needs a guarantee, a limit or both\"")
@ValidationRule(
        value = "!has(self.guarantee) || !has(self.limit) || !isQuantity(string(self.guarantee))"
                + " || !isQuantity(string(self.limit))"
                + " || !quantity(string(self.guarantee)).isGreaterThan(quantity(string(self.limit)))",
        messageExpression =
                "\"the guarantee of '\" + self.name + \"' (\" + string(self.guarantee) + \") exceeds its limit (\""
                        + " + string(self.limit) + \"); lower the one or raise the other\"")
@ValidationRule(
        value = "self.name != 'ports'",
        message = "ports cannot have quota: only resources that are counted in amounts can")
@ValidationRule(
        value = "!(self.name in ['mem', 'disk']) || !has(self.guarantee) || !isQuantity(string(self.guarantee))"
                + " || quantity(string(self.guarantee)).compareTo(quantity('0')) == 0"
                + " || quantity(string(self.guarantee)).compareTo(quantity('1Mi')) >= 0",
        messageExpression =
                "self.name + \": a guarantee of \" + string(self.guarantee) + \" is less than 1Mi; write a unit, such as 512Mi\"")
@ValidationRule(
        value = "!(self.name in ['mem', 'disk']) || !has(self.limit) || !isQuantity(string(self.limit))"
                + " || quantity(string(self.limit)).compareTo(quantity('0')) == 0"
                + " || quantity(string(self.limit)).compareTo(quantity('1Mi')) >= 0",
        messageExpression =
                "self.name + \": a limit of \" + string(self.limit) + \" is less than 1Mi; write a unit, such as 512Mi\"")
public record QuotaResource(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the resource: cpus, mem, disk, gpus ….")
        String name,

        @ValidationRule(value = Rules.AMOUNT, messageExpression = Rules.AMOUNT_MESSAGE)
        @JsonPropertyDescription("What is held back for the role until it has so much.")
        @Nullable
        Quantity guarantee,

        @ValidationRule(value = Rules.AMOUNT, messageExpression = Rules.AMOUNT_MESSAGE)
        @JsonPropertyDescription("What the role and all below it never exceed together.")
        @Nullable
        Quantity limit) {}
