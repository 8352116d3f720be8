import { execFile } from 'node:child_process';

/** What the registry says of known advisories. `unknown`: it was not asked or gave no answer, so nothing is known. */
export type Advisories =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly lines: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
  /** Advisories on the package itself, and names of packages that it uses and that have some. */
  readonly via: readonly (string | { readonly title: string; readonly url: string })[];
}

interface Report {
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  readonly message?: string;
  readonly error?: { readonly summary?: string };
}

const PATIENCE = 60_000;

function read(output: string): Advisories {
  let report: Report;
  try {
    report = JSON.parse(output) as Report;
  } catch {
    return { kind: 'unknown', reason: 'npm audit gave no answer that can be read' };
  }
  if (!report.vulnerabilities) {
    return { kind: 'unknown', reason: report.message ?? report.error?.summary ?? 'npm audit gave no list' };
  }
  const lines = Object.values(report.vulnerabilities).map(({ name, severity, range, via }) => {
    const causes = via.map((cause) =>
      typeof cause === 'string' ? `through ${cause}` : `${cause.title}, ${cause.url}`,
    );
    return `${severity.padEnd(9)} ${name} ${range}: ${causes.join('; ')}`;
  });
  return lines.length > 0 ? { kind: 'found', lines } : { kind: 'none' };
}

/** Asks the registry by `npm audit`. Does not throw: without the network the answer is that nothing is known. */
export function askForAdvisories(root: string): Promise<Advisories> {
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: PATIENCE, maxBuffer: Number.MAX_SAFE_INTEGER };
    // It ends with an error where it finds something, and where it cannot ask: the output tells which.
    execFile('npm', ['audit', '--omit=dev', '--json'], options, (_error, output) => resolve(read(output)));
  });
}
