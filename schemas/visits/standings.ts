import { boolean, documented, double, event, nullable, string, type TypeOf } from '../avro/schema.ts'
import { Outlook } from './outlook.ts'
import { topic } from '../topic.ts'
import { byFields } from '../persons.ts'

export const Standing = event('Standing', "Where an opportunity stands in its salesperson's ranking.", {
  opportunityId: string,
  customerId: string,
  salespersonId: string,
  teamId: nullable(string),
  open: documented('Whether it is ranked; false: it was closed, deleted or given to another salesperson.', boolean),
  probability: documented('Probability of conversion; null if no model has scored it.', nullable(double)),
  outlook: documented('Reasons for a visit; null if withdrawn, or published by an older version.', nullable(Outlook)),
})
export type Standing = TypeOf<typeof Standing>

export const standings = topic<Standing>({
  name: 'standings',
  schema: Standing,
  key: 'salespersonId',
  persons: byFields('customerId'),
  keyOf: (standing) => standing.salespersonId,
  retention: { days: 30 },
  role: 'output',
  producer: 'opportunity-standings processor',
})
