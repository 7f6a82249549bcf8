import { SHADOWS_MAX } from '../../schemas/visits/shadow-policies.ts'
import type { DefineCommand } from '../define-command.ts'
import { CANDIDATE } from './policy-arguments.ts'
import type { ShadowOptions } from './run-shadow.ts'

export const defineShadow: DefineCommand = (program, context) => {
  program
    .command('shadow')
    .description(
      `run a policy in shadow, beside the active one (at most ${SHADOWS_MAX}); without a policy, show what the shadow policies would flag`,
    )
    .argument('[policy]', CANDIDATE)
    .option('--as <name>', 'name of the shadow policy')
    .option('--stop <name>', 'stop the shadow policy of this name')
    .option('--by <name>', 'name of the person responsible for the change; kept in the audit trail')
    .action(async (named: string | undefined, options: ShadowOptions) =>
      (await import('./run-shadow.ts')).runShadow(context(), named, options),
    )
}
