package scoreline.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The ensemble of the comparison: complete trees in flat arrays. */
final class Trees {
  private final int trees;
  private final int depth;
  private final double bias;
  private final int[] features;
  private final float[] thresholds;
  private final float[] leaves;

  private Trees(ByteBuffer file) {
    trees = file.getInt();
    depth = file.getInt();
    bias = file.getDouble();
    int inner = (1 << depth) - 1;
    features = new int[trees * inner];
    thresholds = new float[trees * inner];
    leaves = new float[trees * (inner + 1)];
    for (int i = 0; i < features.length; i++) features[i] = file.getInt();
    for (int i = 0; i < thresholds.length; i++) thresholds[i] = file.getFloat();
    for (int i = 0; i < leaves.length; i++) leaves[i] = file.getFloat();
  }

  static Trees read(String path) throws IOException {
    return new Trees(ByteBuffer.wrap(Files.readAllBytes(Path.of(path))).order(ByteOrder.LITTLE_ENDIAN));
  }

  double probability(float[] row) {
    int inner = (1 << depth) - 1;
    double margin = bias;
    for (int tree = 0, root = 0; tree < trees; tree++, root += inner) {
      int node = 0;
      for (int level = 0; level < depth; level++)
        node = 2 * node + (row[features[root + node]] <= thresholds[root + node] ? 1 : 2);
      margin += leaves[root + tree + node - inner];
    }
    return 1 / (1 + Math.exp(-margin));
  }
}
