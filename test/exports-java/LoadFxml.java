import java.io.FileInputStream;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import javafx.fxml.FXMLLoader;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.shape.Shape;

/**
 * Loads FXML files with a plain FXMLLoader, without a display and without starting the toolkit:
 * java --module-path JAVAFX --add-modules javafx.fxml LoadFxml.java file.fxml...
 * Prints one tab-separated line per scene node: type, id, style classes, user data; quotes nothing, since none of them
 * can hold a tab or line break. Then "ids N", the number of fx:ids the loader knows. Exits non-zero when a file does not
 * load, or holds anything but Pane, Group, shapes and Text.
 */
public class LoadFxml {
  private static PrintWriter out;

  public static void main(String[] arguments) throws Exception {
    out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
    for (String file : arguments) {
      FXMLLoader loader = new FXMLLoader();
      try (InputStream in = new FileInputStream(file)) {
        Node root = loader.load(in);
        print(root);
        int ids = 0;
        for (Map.Entry<String, Object> entry : loader.getNamespace().entrySet()) {
          if (!(entry.getValue() instanceof Node)) continue;
          ids++;
          requireIdentifier(entry.getKey());
        }
        out.println("ids\t" + ids);
      }
    }
    out.flush();
    System.exit(0);
  }

  private static void print(Node node) {
    String type = node.getClass().getSimpleName();
    if (!(node instanceof Shape) && !type.equals("Pane") && !type.equals("Group"))
      throw new IllegalStateException(type + " is neither Pane, Group, shape nor Text");
    out.println(type + "\t" + (node.getId() == null ? "" : node.getId()) + "\t" + String.join(" ", node.getStyleClass())
        + "\t" + (node.getUserData() == null ? "" : node.getUserData()));
    if (node instanceof Parent) for (Node child : ((Parent) node).getChildrenUnmodifiable()) print(child);
  }

  private static void requireIdentifier(String name) {
    if (!javax.lang.model.SourceVersion.isName(name))
      throw new IllegalStateException(name + " is not a Java identifier");
  }
}
