import { createKafkaClient } from '../../../kafka/kafka-client.ts'
import { createHealth } from '../../../streams/health.ts'
import { openTopicView } from '../../../streams/views/topic-view.ts'

/**
 * Runs a view in a process of its own, to be killed: `node view-process.ts BROKERS TOPIC DIRECTORY`; reports when the
 * view is complete.
 */
const [brokers, topic, directory] = process.argv.slice(2) as [string, string, string]
const view = await openTopicView({
  client: createKafkaClient({ brokers: brokers.split(','), clientId: 'killed' }),
  topic,
  directory,
  tombstonesKeptMs: 86_400_000,
  accepts: () => true,
  log: (_level, message) => console.error(message),
  health: createHealth(),
})
const timer = setInterval(() => {
  if (!view.state().isComplete) return
  clearInterval(timer)
  console.log('whole')
}, 20)
// Runs until it is killed, complete or not.
setInterval(() => {}, 1_000)
