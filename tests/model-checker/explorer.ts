/** A finite state machine: its initial state, its transitions, its invariants, and the goals it must always be able to reach. */
export interface Machine<State extends object> {
  readonly initial: State
  /**
   * All transitions from a state. States are immutable and share the parts that stay the same, which makes them cheap
   * to compare.
   */
  steps(state: State): readonly Step<State>[]
  /** What must hold in every state. */
  readonly invariants: readonly Invariant<State>[]
  /** From every state there must be a path to one of these: no sequence of steps leaves the machine stuck. */
  isGoal(state: State): boolean
}

export interface Step<State> {
  readonly name: string
  readonly to: State
}

export interface Invariant<State> {
  readonly name: string
  /** Describes the violation; `undefined`: the invariant holds. */
  broken(state: State): string | undefined
}

export interface Exploration {
  readonly states: number
  readonly transitions: number
  /** Number of steps to the state that is furthest from the initial one. */
  readonly depth: number
  readonly counterexample: Counterexample | undefined
}

export interface Counterexample {
  /** The invariant's name, or `progress`: no goal can be reached any more. */
  readonly violated: string
  readonly what: string
  /** The shortest path to the violation. */
  readonly steps: readonly string[]
}

/**
 * Visits every reachable state breadth first, so that a counterexample is as short as possible; then searches backwards
 * from the goals, to check that each state can reach one. Throws if there are more than `statesMax` states: a partial
 * exploration proves nothing.
 */
export function explore<State extends object>(machine: Machine<State>, statesMax = 1_000_000): Exploration {
  const nameOf = createStateNames()
  const numbers = new Map<string, number>()
  const parents: number[] = []
  const stepNames: string[] = []
  const goals: number[] = []
  const sources: number[] = []
  const targets: number[] = []
  let frontier: { readonly number: number; readonly state: State }[] = []
  let depth = 0

  const stepsTo = (number: number) => {
    const steps: string[] = []
    for (let at = number; parents[at]! >= 0; at = parents[at]!) steps.push(stepNames[at]!)
    return steps.reverse()
  }
  const result = (counterexample?: Counterexample): Exploration => ({
    states: parents.length,
    transitions: sources.length,
    depth,
    counterexample,
  })

  function visit(state: State, parent: number, step: string): { readonly number: number; readonly isNew: boolean } {
    const name = nameOf(state)
    const known = numbers.get(name)
    if (known !== undefined) return { number: known, isNew: false }
    const number = parents.length
    if (number >= statesMax) throw new Error(`More than ${statesMax} states: narrow the bounds, or allow more.`)
    numbers.set(name, number)
    parents.push(parent)
    stepNames.push(step)
    if (machine.isGoal(state)) goals.push(number)
    return { number, isNew: true }
  }

  visit(machine.initial, -1, '')
  frontier.push({ number: 0, state: machine.initial })
  for (;;) {
    for (const { number, state } of frontier) {
      for (const { name, broken } of machine.invariants) {
        const what = broken(state)
        if (what !== undefined) return result({ violated: name, what, steps: stepsTo(number) })
      }
    }
    const next: typeof frontier = []
    for (const { number, state } of frontier) {
      for (const { name, to } of machine.steps(state)) {
        const target = visit(to, number, name)
        sources.push(number)
        targets.push(target.number)
        if (target.isNew) next.push({ number: target.number, state: to })
      }
    }
    if (next.length === 0) break
    frontier = next
    depth++
  }

  const stuck = firstStuck(parents.length, sources, targets, goals)
  if (stuck === undefined) return result()
  return result({ violated: 'progress', what: 'no path leads to a goal from here', steps: stepsTo(stuck) })
}

/** As a numbered list of steps, for test output. */
export function describeCounterexample({ violated, what, steps }: Counterexample): string {
  return [`${violated}: ${what}`, ...steps.map((step, index) => `${String(index + 1).padStart(4)}. ${step}`)].join('\n')
}

/**
 * Searches backwards from the goals. State numbers rise with the distance from the initial state, so the first one that
 * was not found is a nearest one.
 */
function firstStuck(
  count: number,
  sources: readonly number[],
  targets: readonly number[],
  goals: readonly number[],
): number | undefined {
  const starts = new Int32Array(count + 1)
  for (const target of targets) starts[target + 1]!++
  for (let at = 0; at < count; at++) starts[at + 1]! += starts[at]!
  const filled = starts.slice()
  const sourcesOf = new Int32Array(sources.length)
  for (const [index, target] of targets.entries()) sourcesOf[filled[target]!++] = sources[index]!
  const reachesGoal = new Uint8Array(count)
  const open = [...goals]
  for (const goal of goals) reachesGoal[goal] = 1
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    for (let index = starts[at]!; index < starts[at + 1]!; index++) {
      const source = sourcesOf[index]!
      if (reachesGoal[source] === 1) continue
      reachesGoal[source] = 1
      open.push(source)
    }
  }
  const stuck = reachesGoal.indexOf(0)
  return stuck === -1 ? undefined : stuck
}

/**
 * Gives two states the same name exactly if they are equal. Each part of a state (and each element of a part that is an array) is
 * numbered once and a state's name is the list of its parts' numbers: short, and exact where a hash of the whole could
 * collide (collapse compression: Holzmann, "State compression in SPIN", 1997).
 */
function createStateNames(): (state: object) => string {
  const byObject = new WeakMap<object, number>()
  const byText = new Map<string, number>()

  function numberOfText(text: string): number {
    let number = byText.get(text)
    if (number === undefined) byText.set(text, (number = byText.size))
    return number
  }

  function numberOf(part: unknown): number {
    if (typeof part !== 'object' || part === null) return numberOfText(JSON.stringify(part))
    let number = byObject.get(part)
    if (number === undefined) byObject.set(part, (number = numberOfText(JSON.stringify(part))))
    return number
  }

  return (state) => {
    let name = ''
    for (const part of Object.values(state)) {
      name += Array.isArray(part) ? `[${part.map(numberOf).join(' ')}]` : `${numberOf(part)},`
    }
    return name
  }
}
