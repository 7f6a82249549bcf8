import { deliveryStates } from '../../store/deliveries/delivery-states.ts'
import type { DefineCommand } from '../define-command.ts'
import type { DeliveryFilter } from './run-deliveries.ts'

/**
 * Defines `scoreline deliveries`, which sends alerts to the channels, and subcommands to inspect and retry the queue.
 */
export const defineDeliveries: DefineCommand = (command, context) => {
  command.action(async () => (await import('./run-deliveries.ts')).runDeliveries(context()))
  command
    .command('list')
    .description('list deliveries with their status, one JSON object per line, newest first')
    .option('--status <status>', deliveryStates.join(', '))
    .option('--channel <name>', 'only of this channel')
    .action(async (filter: DeliveryFilter) => (await import('./run-deliveries.ts')).listByFilter(context(), filter))
  command
    .command('redrive')
    .description('send dead deliveries again; a held channel resumes')
    .option('--channel <name>', 'only of this channel')
    .action(async (filter: DeliveryFilter) => (await import('./run-deliveries.ts')).redrive(context(), filter))
  command
    .command('test')
    .description('send a test message to a channel and show the receiver’s response')
    .argument('<channel>')
    .action(async (name: string) => (await import('./run-deliveries.ts')).sendTest(context(), name))
}
