import { channelTestRoute } from '../api/deliveries/channel-test.ts'
import { deliveriesRoutes } from '../api/deliveries/deliveries.ts'
import { channelSetting } from '../processors/deliveries/channel-setting.ts'
import { channels } from '../schemas/deliveries/channels.ts'
import { notifications } from '../schemas/deliveries/notifications.ts'
import { deliveryPersons } from '../store/deliveries/persons.ts'
import type { Subject } from './subject.ts'

/** How alerts and other results leave the platform: webhooks, e-mail, a topic, a metric. */
export const deliveries: Subject = {
  name: 'deliveries',
  topics: [channels, notifications],
  settings: [channelSetting],
  personTables: deliveryPersons,
  routes: [deliveriesRoutes, channelTestRoute],
}
