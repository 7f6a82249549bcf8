import { byCall, byColumn, noPersons, type PersonTables } from '../persons.ts'

export const callPersons: PersonTables = {
  // Before the tables that say whose calls they are.
  chosen_scripts: byCall('call_id'),
  turn_analyses: byColumn('customer_id'),
  calls: byColumn('customer_id'),
  contact_permissions: byColumn('customer_id'),
  contact_refusals: byColumn('customer_id'),
  campaign_queue: byColumn('customer_id'),
  call_attempts: byColumn('customer_id'),
  dispatched_calls: byColumn('customer_id'),
  dispatch_deferrals: byColumn('customer_id'),
  script_choices: byColumn('customer_id'),
  routing_decisions: byColumn('customer_id'),
  routed_calls: byColumn('customer_id'),
  call_sessions: byColumn('customer_id'),
  session_steps: byColumn('customer_id'),
  script_retirements: noPersons('scripts and their results'),
  scripts: noPersons('texts for groups of customers'),
  script_groups: noPersons('groups of customers'),
  script_reviews: noPersons('reviews of scripts'),
  revision_decisions: noPersons('decisions on scripts'),
  desk_agents: noPersons('agents of the bank'),
  campaign_pacing: noPersons('numbers of calls'),
}
