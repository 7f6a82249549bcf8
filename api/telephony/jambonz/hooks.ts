/** The hooks of the verbs that we send; jambonz returns them with what it reports. */

export const MACHINE_HOOK = '/machine'
export const TRANSFER_HOOK = '/transferred'

/** Returns the hook of the turn that answers the prompt of a step. */
export const turnHook = (step: number): string => `/turns/${step}`

/** Returns the step of a hook; `undefined` if it is not the hook of a turn. */
export function stepOfHook(hook: string): number | undefined {
  const step = /^\/turns\/(\d{1,9})$/.exec(hook)?.[1]
  return step === undefined ? undefined : Number(step)
}
