import { nonNegative } from '../rules.ts'
import { event, int, type TypeOf } from '../avro/schema.ts'
import { topic } from '../topic.ts'
import { noPersons } from '../persons.ts'

const Tick = event('Tick', 'Time as an event: fires due timers.', {
  partition: nonNegative(int),
})
type Tick = TypeOf<typeof Tick>

export const clock = topic<Tick>({
  name: 'clock',
  schema: Tick,
  key: 'partition',
  persons: noPersons('the time'),
  keyOf: (tick) => String(tick.partition),
  retention: { days: 7 },
  role: 'input',
  producer: 'the platform, every few seconds in each partition',
})
