package scoreline.peer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** What is remembered of a customer: doubles, little endian in the store; and how an event changes them. */
final class State {
  static final int FEATURES = 16;
  private static final int COUNT = 0, SUM = 1, MEAN = 2, MIN = 3, MAX = 4, INFLOW = 5, OUTFLOW = 8;
  private static final int BALANCE = 11, BALANCE_MIN = 12, SINCE_BEFORE = 13, LATEST = 14, KINDS = 15, SLOTS = 24;
  private static final double LN_2 = Math.log(2);
  private static final double[] HALF_LIVES_S = {3_600, 86_400, 30 * 86_400};

  private State() {}

  static double[] empty() {
    return new double[SLOTS];
  }

  static void fold(double[] state, long at, double amount, double balance, int kind) {
    boolean first = state[COUNT] == 0;
    if (first) {
      state[MIN] = state[MAX] = amount;
      state[BALANCE_MIN] = balance;
    } else {
      double seconds = (at - state[LATEST]) / 1_000.0;
      for (int i = 0; i < HALF_LIVES_S.length; i++) {
        double left = Math.exp(-LN_2 * seconds / HALF_LIVES_S[i]);
        state[INFLOW + i] *= left;
        state[OUTFLOW + i] *= left;
      }
      state[MIN] = Math.min(state[MIN], amount);
      state[MAX] = Math.max(state[MAX], amount);
      state[BALANCE_MIN] = Math.min(state[BALANCE_MIN], balance);
      state[SINCE_BEFORE] = seconds;
    }
    state[COUNT] += 1;
    state[SUM] += amount;
    state[MEAN] = state[SUM] / state[COUNT];
    int flow = amount >= 0 ? INFLOW : OUTFLOW;
    for (int i = 0; i < HALF_LIVES_S.length; i++) state[flow + i] += Math.abs(amount);
    state[BALANCE] = balance;
    state[LATEST] = at;
    state[KINDS + kind] += 1;
  }

  static void row(double[] state, int kind, float[] row) {
    for (int i = 0; i < 14; i++) row[i] = (float) state[i];
    row[14] = (float) state[KINDS + kind];
    row[15] = (float) (state[KINDS + kind] / state[COUNT]);
  }

  static Serde<double[]> serde() {
    return Serdes.serdeFrom(
        (topic, state) -> {
          if (state == null) return null;
          byte[] bytes = new byte[state.length * Double.BYTES];
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().put(state);
          return bytes;
        },
        (topic, bytes) -> {
          if (bytes == null) return null;
          double[] state = new double[bytes.length / Double.BYTES];
          ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer().get(state);
          return state;
        });
  }
}
