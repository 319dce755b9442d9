// Fills forms with JavaRosa as webforms.mjs does with ODK Web Forms: the same requests, the same answers.
//
// Collect does not keep an answer that it refuses, Web Forms does. Here every answer is kept, and what is wrong is
// said at the end, so that both engines compute from the same answers.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.transport.payload.ByteArrayPayload;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.xform.util.XFormUtils;

public class EngineWalk {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        PrintStream replies = HeadlessCollect.begin();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        replies.println("{\"ready\":true}");
        for (String line; (line = requests.readLine()) != null; ) {
            replies.println(JSON.writeValueAsString(reply(line)));
        }
    }

    private static ObjectNode reply(String request) {
        try {
            return new Walk(JSON.readTree(request)).run();
        } catch (Exception | StackOverflowError fault) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            return JSON.createObjectNode().put("error", trace.toString());
        }
    }

    private interface Step {
        void at(FormIndex index);
    }

    private static final class Walk {
        private final JsonNode rounds;
        private final FormDef form;
        private final FormEntryModel model;
        private final FormEntryController controller;
        private final ObjectNode result = JSON.createObjectNode();
        private final ArrayNode refused = result.putArray("refused");
        private final ArrayNode shown = result.putArray("shown");
        private JsonNode round = JSON.createObjectNode();

        Walk(JsonNode request) throws Exception {
            rounds = request.get("rounds");
            PropertyManager.setPropertyManager(new HeadlessCollect.Properties(JSON.createObjectNode()));
            HeadlessCollect.readMediaFrom(request.get("media").asText());
            HeadlessCollect.Gps.fix = request.get("location").asText();
            form = XFormUtils.getFormFromFormXml(request.get("form").asText(), null);
            model = new FormEntryModel(form);
            controller = new FormEntryController(model);
            form.initialize(true, new InstanceInitializationFactory());
        }

        ObjectNode run() throws IOException {
            for (JsonNode each : rounds) {
                round = each;
                walk(this::resize, this::answer);
            }
            walk(index -> { }, this::look);
            controller.finalizeFormEntry();
            return result.put("xml", serialized());
        }

        private void walk(Step atRepeat, Step atQuestion) {
            controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
            int event = controller.stepToNextEvent();
            while (event != FormEntryController.EVENT_END_OF_FORM) {
                FormIndex index = model.getFormIndex();
                if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT || event == FormEntryController.EVENT_REPEAT) {
                    atRepeat.at(index);
                } else if (event == FormEntryController.EVENT_QUESTION) {
                    atQuestion.at(index);
                }
                event = controller.stepToNextEvent();
            }
        }

        private void resize(FormIndex index) {
            if (((GroupDef) form.getChild(index)).getCountReference() != null) {
                return; // the form itself says how many there are
            }
            TreeReference place = index.getReference();
            boolean wanted = place.getMultLast() < round.get("repeats").path(HeadlessCollect.leaf(place)).asInt(0);
            if (model.getEvent() == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
                if (wanted) {
                    controller.newRepeat();
                }
            } else if (!wanted) {
                controller.jumpToIndex(controller.deleteRepeat());
                controller.stepToPreviousEvent();
            }
        }

        private void answer(FormIndex index) {
            FormEntryPrompt prompt = model.getQuestionPrompt();
            JsonNode given = round.get("answers").get(HeadlessCollect.leaf(index.getReference()));
            if (given != null && given.isArray()) {
                given = given.get(HeadlessCollect.repeatNumber(index.getReference()));
            }
            if (given == null || given.isNull() || prompt.isReadOnly()) {
                return;
            }
            try {
                controller.saveAnswer(index, HeadlessCollect.cast(prompt, given.asText()), true);
            } catch (IllegalArgumentException notOffered) {
                return; // what is not on the screen cannot be chosen
            }
        }

        private void look(FormIndex index) {
            FormEntryPrompt prompt = model.getQuestionPrompt();
            String place = index.getReference().toString(true);
            ArrayNode entry = shown.addArray().add(place).add(prompt.getQuestionText());
            if (prompt.getControlType() == Constants.CONTROL_SELECT_ONE
                    || prompt.getControlType() == Constants.CONTROL_SELECT_MULTI) {
                ArrayNode offered = entry.addArray();
                for (SelectChoice choice : prompt.getSelectChoices()) {
                    offered.add(choice.getValue());
                }
            } else {
                entry.addNull();
            }
            if (prompt.getAnswerValue() == null) {
                if (prompt.isRequired()) {
                    refused.addArray().add(place).add("required");
                }
            } else if (!form.evaluateConstraint(index.getReference(), prompt.getAnswerValue())) {
                refused.addArray().add(place).add("constraint");
            }
        }

        private String serialized() throws IOException {
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            ByteArrayPayload payload =
                    (ByteArrayPayload) new XFormSerializingVisitor().createSerializedPayload(form.getInstance());
            try (InputStream stream = payload.getPayloadStream()) {
                stream.transferTo(xml);
            }
            return xml.toString(StandardCharsets.UTF_8);
        }
    }
}
