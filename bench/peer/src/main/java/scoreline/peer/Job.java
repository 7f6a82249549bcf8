package scoreline.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/** SB-S on Kafka Streams, exactly once, RocksDB. The environment says what it works on, as for every job of the comparison. */
public final class Job {
  private static final String STORE = "customers";

  private Job() {}

  private static final class Scorer implements FixedKeyProcessor<String, Transaction, Score> {
    private final Trees trees;
    private final String modelId;
    private final float[] row = new float[State.FEATURES];
    private FixedKeyProcessorContext<String, Score> context;
    private KeyValueStore<String, double[]> store;

    Scorer(Trees trees, String modelId) {
      this.trees = trees;
      this.modelId = modelId;
    }

    @Override
    public void init(FixedKeyProcessorContext<String, Score> context) {
      this.context = context;
      this.store = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, Transaction> record) {
      Transaction event = record.value();
      double[] state = store.get(record.key());
      if (state == null) state = State.empty();
      int kind = event.getKind().ordinal();
      State.fold(state, event.getOccurredAt(), event.getAmount(), event.getBalance(), kind);
      store.put(record.key(), state);
      State.row(state, kind, row);
      List<Float> features = new ArrayList<>(row.length);
      for (float number : row) features.add(number);
      double probability = trees.probability(row);
      context.forward(
          record.withValue(
              new Score(
                  event.getCustomerId(), event.getTransactionId(), event.getOccurredAt(), probability, modelId, features)));
    }
  }

  private static String setting(String name) {
    String value = System.getenv(name);
    if (value == null || value.isEmpty()) throw new IllegalArgumentException(name + " is not set");
    return value;
  }

  public static void main(String[] arguments) throws Exception {
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, setting("APP_ID"));
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, setting("BROKERS"));
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, setting("GUARANTEE"));
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, setting("COMMIT_MS"));
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, setting("THREADS"));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, setting("STATE_DIR"));
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
    properties.put(StreamsConfig.NUM_STANDBY_REPLICAS_CONFIG, setting("STANDBYS"));
    properties.put("auto.offset.reset", "earliest");
    String session = System.getenv("SESSION_MS");
    if (session != null && !session.isEmpty()) {
      properties.put("session.timeout.ms", session);
      properties.put("heartbeat.interval.ms", String.valueOf(Integer.parseInt(session) / 20));
    }

    Trees trees = Trees.read(setting("MODEL"));
    String modelId = setting("MODEL_ID");
    StreamsBuilder builder = new StreamsBuilder();
    builder.addStateStore(
        Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.String(), State.serde()));
    builder.stream(setting("IN"), Consumed.with(Serdes.String(), AvroSerde.of(Transaction.class, 1)))
        .processValues(() -> new Scorer(trees, modelId), STORE)
        .to(setting("OUT"), Produced.with(Serdes.String(), AvroSerde.of(Score.class, 2)));

    KafkaStreams streams = new KafkaStreams(builder.build(), properties);
    streams.setUncaughtExceptionHandler(
        error -> {
          error.printStackTrace();
          return StreamThreadExceptionResponse.SHUTDOWN_APPLICATION;
        });
    KafkaStreams.CloseOptions leaving = new KafkaStreams.CloseOptions().timeout(Duration.ofSeconds(20)).leaveGroup(true);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(leaving)));
    streams.start();
  }
}
