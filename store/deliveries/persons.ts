import { byColumn, noPersons, type PersonTables } from '../persons.ts'

export const deliveryPersons: PersonTables = {
  deliveries: byColumn('record'),
  delivery_positions: noPersons('offsets'),
  held_channels: noPersons('channels'),
}
