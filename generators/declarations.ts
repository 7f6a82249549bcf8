import { globSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/**
 * Writes the declarations of some modules, and of all that they name, below `target`, in the same folders as the
 * sources. Throws with the first errors if the modules have any.
 *
 * @param patterns files relative to `root`; `*` matches any path
 */
export function writeDeclarations(root: string, patterns: readonly string[], target: string): void {
  const files = patterns.flatMap((pattern) => globSync(pattern.replace('*', '**/*'), { cwd: root }))
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile.bind(ts.sys)) as {
    config: { compilerOptions: object }
  }
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root)
  const program = ts.createProgram({
    rootNames: files.map((file) => join(root, file)),
    options: {
      ...options,
      ...{
        noEmit: false,
        declaration: true,
        emitDeclarationOnly: true,
        rootDir: root,
        outDir: target,
        types: ['node'],
      },
    },
  })
  const { diagnostics } = program.emit()
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics.slice(0, 5), host(root)))
}

/** Returns the `exports` of a built package: the sources become declarations and JavaScript. */
export function builtExports(exports: Readonly<Record<string, string>>): Readonly<Record<string, object>> {
  return Object.fromEntries(
    Object.entries(exports).map(([name, source]) => [
      name,
      { types: source.replace(/\.ts$/, '.d.ts'), default: source.replace(/\.ts$/, '.js') },
    ]),
  )
}

function host(root: string): ts.FormatDiagnosticsHost {
  return { getCurrentDirectory: () => root, getCanonicalFileName: (name) => name, getNewLine: () => '\n' }
}
