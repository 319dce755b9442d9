// Fills forms with JavaRosa, the form engine of ODK Collect: one JSON request a line on stdin, one answer a line on stdout.
//
// JavaRosa and Jackson (both Apache-2.0) are on the class path from the ODK_Validate.jar inside the pyxform package;
// nothing of them is copied here.

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.GroupDef;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.ValidateOutcome;
import org.javarosa.core.model.actions.setgeopoint.SetGeopointAction;
import org.javarosa.core.model.actions.setgeopoint.SetGeopointActionHandler;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.GeoPointData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.SelectMultiData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.PrefixedRootFactory;
import org.javarosa.core.reference.Reference;
import org.javarosa.core.reference.ReferenceManager;
import org.javarosa.core.services.IPropertyManager;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.properties.IPropertyRules;
import org.javarosa.core.services.transport.payload.ByteArrayPayload;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.parse.XFormParser;
import org.javarosa.xform.util.XFormUtils;

public class HeadlessCollect {
    private static final ObjectMapper JSON = new ObjectMapper();

    public static void main(String[] args) throws Exception {
        PrintStream answers = begin();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        answers.println("{\"ready\":true}");
        for (String line; (line = requests.readLine()) != null; ) {
            answers.println(JSON.writeValueAsString(answer(line)));
        }
    }

    /** The engine made ready; what is to be said on stdout goes to the stream returned, and nothing else does. */
    static PrintStream begin() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "error");
        PrintStream answers = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err); // what the engine prints must not stand among the answers
        new XFormsModule().registerModule();
        new JavaRosaCoreModule().registerModule(); // CoreModelModule, too, would break entities
        XFormParser.registerActionHandler(SetGeopointActionHandler.ELEMENT_NAME, new SetGeopointActionHandler() {
            @Override
            public SetGeopointAction getSetGeopointAction() {
                return new Gps();
            }
        });
        return answers;
    }

    private static ObjectNode answer(String request) {
        try {
            return new Filling(JSON.readTree(request)).run();
        } catch (Exception | StackOverflowError fault) {
            StringWriter trace = new StringWriter();
            fault.printStackTrace(new PrintWriter(trace));
            return JSON.createObjectNode().put("status", "error").put("error", trace.toString());
        }
    }

    /** The phone's GPS, asked once in the background: the answer to `location`, nothing where there is no fix. */
    public static final class Gps extends SetGeopointAction {
        static String fix = "";

        @Override
        public void requestLocationUpdates() {
            if (!fix.isEmpty()) {
                saveLocationValue(fix);
            }
        }
    }

    /** One person filling one form from the first question to the last, then finalising it. */
    private static final class Filling {
        private final JsonNode answers;
        private final JsonNode repeats;
        private final FormDef form;
        private final FormEntryModel model;
        private final FormEntryController controller;
        private final ObjectNode result = JSON.createObjectNode();
        private final ArrayNode seen = result.putArray("seen");
        private final ArrayNode problems = result.putArray("problems");
        private final Set<String> used = new HashSet<>();
        private final TreeMap<Integer, TreeReference> unanswered = new TreeMap<>();

        Filling(JsonNode request) throws Exception {
            answers = request.path("answers");
            repeats = request.path("repeats");
            PropertyManager.setPropertyManager(new Properties(request.path("properties")));
            readMediaFrom(request.path("media").asText("."));
            form = XFormUtils.getFormFromFormXml(request.get("form").asText(), null);
            model = new FormEntryModel(form);
            controller = new FormEntryController(model);
            Gps.fix = answers.path("location").asText("");
            used.add("location");
            form.initialize(true, new InstanceInitializationFactory());
            controller.setLanguage(request.get("language").asText());
        }

        ObjectNode run() throws Exception {
            int event = controller.stepToNextEvent();
            while (event != FormEntryController.EVENT_END_OF_FORM) {
                if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT) {
                    addRepeat();
                } else if (event == FormEntryController.EVENT_REPEAT) {
                    dropRepeat();
                } else if (event == FormEntryController.EVENT_QUESTION) {
                    answerQuestion();
                }
                event = controller.stepToNextEvent();
            }
            noteUnused();
            forgetWhatIsNotAskedAnyMore();
            validate();
            return problems.isEmpty() ? finalized() : result.put("status", "rejected");
        }

        private void addRepeat() {
            FormIndex index = model.getFormIndex();
            if (index.getReference().getMultLast() < wanted(index)) {
                controller.newRepeat();
            }
        }

        /** pyxform gives every repeat a first instance; a person with nothing to enter deletes it. */
        private void dropRepeat() {
            FormIndex index = model.getFormIndex();
            if (((GroupDef) form.getChild(index)).getCountReference() != null) {
                return; // the form itself says how many there are
            }
            if (index.getReference().getMultLast() >= wanted(index)) {
                controller.jumpToIndex(controller.deleteRepeat());
                controller.stepToPreviousEvent();
            }
        }

        private int wanted(FormIndex repeat) {
            return repeats.path(leaf(repeat.getReference())).asInt(0);
        }

        private void answerQuestion() {
            FormIndex index = model.getFormIndex();
            FormEntryPrompt prompt = model.getQuestionPrompt();
            noteSeen(prompt, index);
            JsonNode given = given(index.getReference());
            if (given == null && prompt.isReadOnly()) {
                return;
            }
            IAnswerData data;
            try {
                data = given == null ? prompt.getAnswerValue() : cast(prompt, given.asText());
            } catch (IllegalArgumentException refused) {
                problem(index.getReference(), "uncastable", String.valueOf(refused.getMessage()));
                return;
            }
            int outcome = controller.answerQuestion(index, data, true);
            if (outcome != FormEntryController.ANSWER_OK) {
                problem(prompt, index.getReference(), outcome);
            }
        }

        /** The answer for this place: one for all, or the one with the number of its repeat. */
        private JsonNode given(TreeReference place) {
            String name = leaf(place);
            JsonNode value = answers.get(name);
            if (value == null) {
                return null;
            }
            used.add(name);
            return value.isArray() ? value.get(repeatNumber(place)) : value;
        }

        private void noteSeen(FormEntryPrompt prompt, FormIndex index) {
            ObjectNode entry = seen.addObject();
            entry.put("name", leaf(index.getReference()));
            entry.put("label", prompt.getQuestionText());
            entry.put("hint", prompt.getHelpText() == null ? "" : prompt.getHelpText());
            entry.put("required", prompt.isRequired());
            if (prompt.getControlType() == Constants.CONTROL_SELECT_ONE
                    || prompt.getControlType() == Constants.CONTROL_SELECT_MULTI) {
                ObjectNode choices = entry.putObject("choices");
                for (SelectChoice choice : prompt.getSelectChoices()) {
                    choices.put(choice.getValue(), prompt.getSelectChoiceText(choice));
                }
            }
        }

        private void problem(FormEntryPrompt prompt, TreeReference place, int outcome) {
            boolean required = outcome == FormEntryController.ANSWER_REQUIRED_BUT_EMPTY;
            String message = required ? requiredMessage(prompt) : prompt.getConstraintText();
            problem(place, required ? "required" : "constraint", message);
        }

        private void problem(TreeReference place, String code, String message) {
            problems.addObject().put("name", leaf(place)).put("code", code).put("message", message);
            if (code.equals("required")) {
                unanswered.put(problems.size() - 1, place);
            }
        }

        /** On one screen, a later answer may take a question away that was empty: then nothing is missing. */
        private void forgetWhatIsNotAskedAnyMore() {
            for (int at : unanswered.descendingKeySet()) {
                TreeElement node = form.getMainInstance().resolveReference(unanswered.get(at));
                if (node == null || !node.isRelevant()) {
                    problems.remove(at);
                }
            }
        }

        /** As Collect reads it: the bind's jr:requiredMsg, which names a text of the form's itext. */
        private String requiredMessage(FormEntryPrompt prompt) {
            for (TreeElement attribute : prompt.getBindAttributes()) {
                if (attribute.getName().equals("requiredMsg")) {
                    String value = attribute.getAttributeValue();
                    return value.startsWith("jr:itext('")
                            ? form.getLocalizer().getLocalizedText(value.substring(10, value.length() - 2))
                            : value;
                }
            }
            return "";
        }

        private void noteUnused() {
            ArrayNode unused = result.putArray("unused");
            answers.fieldNames().forEachRemaining(name -> {
                if (!used.contains(name)) {
                    unused.add(name);
                }
            });
        }

        /** Collect checks the whole form again before it finalises. */
        private void validate() {
            ValidateOutcome outcome = form.validate();
            if (problems.isEmpty() && outcome != null && outcome.outcome != FormEntryController.ANSWER_OK) {
                problem(new FormEntryPrompt(form, outcome.failedPrompt), outcome.failedPrompt.getReference(), outcome.outcome);
            }
        }

        private ObjectNode finalized() throws IOException {
            controller.finalizeFormEntry();
            ByteArrayOutputStream xml = new ByteArrayOutputStream();
            ByteArrayPayload payload =
                    (ByteArrayPayload) new XFormSerializingVisitor().createSerializedPayload(form.getInstance());
            try (InputStream stream = payload.getPayloadStream()) {
                stream.transferTo(xml);
            }
            return result.put("status", "finalized").put("xml", xml.toString(StandardCharsets.UTF_8));
        }
    }

    static String leaf(TreeReference place) {
        return place.getName(place.size() - 1);
    }

    static int repeatNumber(TreeReference place) {
        int number = 0;
        for (int i = 1; i < place.size(); i++) {
            number = Math.max(number, place.getMultiplicity(i));
        }
        return number;
    }

    static IAnswerData cast(FormEntryPrompt prompt, String text) {
        if (text.isEmpty()) {
            return null;
        }
        if (prompt.getControlType() == Constants.CONTROL_SELECT_ONE) {
            return new SelectOneData(choose(prompt, text));
        }
        if (prompt.getControlType() == Constants.CONTROL_SELECT_MULTI) {
            List<Selection> chosen = new ArrayList<>();
            for (String value : text.split(" ")) {
                chosen.add(choose(prompt, value));
            }
            return new SelectMultiData(chosen);
        }
        switch (prompt.getDataType()) {
            case Constants.DATATYPE_INTEGER:
                return new IntegerData(Integer.parseInt(text));
            case Constants.DATATYPE_DECIMAL:
                return new DecimalData(Double.parseDouble(text));
            case Constants.DATATYPE_DATE:
                return new DateData(java.sql.Date.valueOf(text));
            case Constants.DATATYPE_GEOPOINT:
                return geopoint(text);
            default:
                return new StringData(text); // media, too: Collect stores the file's name
        }
    }

    /** Only what the person can see, after choice_filter, can be chosen. */
    private static Selection choose(FormEntryPrompt prompt, String value) {
        for (SelectChoice choice : prompt.getSelectChoices()) {
            if (choice.getValue().equals(value)) {
                return choice.selection();
            }
        }
        throw new IllegalArgumentException("not offered: " + value);
    }

    private static IAnswerData geopoint(String text) {
        String[] parts = text.split(" ");
        double[] point = new double[4];
        for (int i = 0; i < parts.length; i++) {
            point[i] = Double.parseDouble(parts[i]);
        }
        return new GeoPointData(point);
    }

    /** jr://file-csv/applicants.csv and its like stand in the form's media folder, as on a phone. */
    static void readMediaFrom(String folder) {
        ReferenceManager manager = ReferenceManager.instance();
        manager.reset();
        manager.addReferenceFactory(new PrefixedRootFactory(new String[] {"file/", "file-csv/", "images/"}) {
            @Override
            protected Reference factory(String name, String uri) {
                return new MediaFile(uri, new File(folder, name));
            }
        });
    }

    private record MediaFile(String uri, File file) implements Reference {
        @Override public boolean doesBinaryExist() { return file.exists(); }
        @Override public InputStream getStream() throws IOException { return new FileInputStream(file); }
        @Override public String getURI() { return uri; }
        @Override public String getLocalURI() { return file.getAbsolutePath(); }
        @Override public boolean isReadOnly() { return true; }
        @Override public OutputStream getOutputStream() { throw new UnsupportedOperationException(); }
        @Override public void remove() { throw new UnsupportedOperationException(); }
        @Override public Reference[] probeAlternativeReferences() { return new Reference[0]; }
    }

    /** What a form may ask of the phone: deviceid, username, email. */
    static final class Properties implements IPropertyManager {
        private final Map<String, String> values = new HashMap<>(Map.of("deviceid", "collect:headless00000001"));

        Properties(JsonNode given) {
            given.fields().forEachRemaining(entry -> values.put(entry.getKey(), entry.getValue().asText()));
        }

        @Override public List<String> getProperty(String name) { return List.of(getSingularProperty(name)); }
        @Override public String getSingularProperty(String name) { return values.getOrDefault(name, ""); }
        @Override public void setProperty(String name, String value) { values.put(name, value); }
        @Override public void setProperty(String name, List<String> value) { throw new UnsupportedOperationException(); }
        @Override public void addRules(IPropertyRules rules) { throw new UnsupportedOperationException(); }
        @Override public List<IPropertyRules> getRules() { return List.of(); }
    }
}
