import java.io.File;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXParseException;

/**
 * Validates XML files against a schema: java ValidateXml.java schema.xsd file.xml...
 * Prints "valid FILE" or one line per problem; exits 1 when there is any.
 */
public class ValidateXml {
  public static void main(String[] arguments) throws Exception {
    SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
    // Proteus 4.1.1 breaks the unique-particle rule, which only full checking looks for.
    factory.setFeature("http://apache.org/xml/features/validation/schema-full-checking", false);
    // Elements with more than 5000 repetitions are common on a large sheet.
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, false);
    Schema schema = factory.newSchema(new File(arguments[0]));
    boolean valid = true;
    for (int i = 1; i < arguments.length; i++) {
      List<String> problems = new ArrayList<>();
      Validator validator = schema.newValidator();
      validator.setErrorHandler(new ErrorHandler() {
        public void warning(SAXParseException problem) {
          note(problem);
        }

        public void error(SAXParseException problem) {
          note(problem);
        }

        public void fatalError(SAXParseException problem) throws SAXParseException {
          note(problem);
          throw problem;
        }

        private void note(SAXParseException problem) {
          if (problems.size() < 20) problems.add("line " + problem.getLineNumber() + ": " + problem.getMessage());
        }
      });
      try {
        validator.validate(new StreamSource(new File(arguments[i])));
      } catch (SAXParseException problem) {
        // Already noted; nothing after a fatal error can be read.
      }
      if (problems.isEmpty()) System.out.println("valid " + arguments[i]);
      else valid = false;
      for (String problem : problems) System.out.println(arguments[i] + " " + problem);
    }
    System.exit(valid ? 0 : 1);
  }
}
