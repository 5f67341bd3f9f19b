package dev.proffer.testing.kubernetes.crds;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.StatusCause;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A rule in CEL of a custom resource definition.
 *
 * @param field where it stands, such as {@code spec.resources[].limit}
 * @param complaint how it complains
 */
record Rule(String field, Pattern complaint) {
    private static final Pattern LITERAL = Pattern.compile("\"([^\"]*)\"");

    /** All of a definition's versions. */
    static List<Rule> allOf(JsonNode definition) {
        var rules = new ArrayList<Rule>();
        for (var version : definition.required("spec").required("versions")) {
            collect("", version.required("schema").required("openAPIV3Schema"), rules);
        }
        return rules;
    }

    private static void collect(String field, JsonNode schema, List<Rule> rules) {
        for (var validation : schema.path("x-kubernetes-validations")) {
            rules.add(new Rule(field, complaint(validation)));
        }
        schema.path("properties")
                .properties()
                .forEach(property -> collect(
                        field.isEmpty() ? property.getKey() : field + "." + property.getKey(),
                        property.getValue(),
                        rules));
        if (schema.has("items")) {
            collect(field + "[]", schema.required("items"), rules);
        }
    }

    /** A message is what it is; of an expression, the texts that it or one of its branches is put together from. */
    private static Pattern complaint(JsonNode validation) {
        if (validation.has("message")) {
            return Pattern.compile(Pattern.quote(validation.required("message").asText()));
        }
        var expression = validation.required("messageExpression").asText();
        var branches = expression.substring(expression.indexOf(" ? ") + 1).split(" : ");
        return Pattern.compile(Stream.of(branches).map(Rule::texts).collect(Collectors.joining("|")), Pattern.DOTALL);
    }

    private static String texts(String expression) {
        return LITERAL.matcher(expression)
                .results()
                .map(literal -> literal.group(1))
                .filter(text -> !text.isEmpty())
                .map(Pattern::quote)
                .collect(Collectors.joining(".*"));
    }

    /** Whether this rule is what an API server complains of. */
    boolean complains(StatusCause cause) {
        return cause.getField().replaceAll("\\[[^]]*]", "[]").equals(field)
                && complaint.matcher(cause.getMessage()).find();
    }
}
