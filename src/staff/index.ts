/**
 * The staff pages' sign-in and frame. Other rooms build on this and nothing else of the room:
 *
 * ```ts
 * // createServer.ts, once: const staff = await registerStaff(server, { brain, roster, secret, now });
 * export function registerPreview(server: FastifyInstance, staff: Staff): void {
 *   // An entry of the navigation and a card on /staff; keys of locales/<locale>/*.json.
 *   staff.addPage({ path: '/preview', label: 'staff:nav.preview', about: 'staff:about.preview' });
 *   server.register(async (scope) => {
 *     staff.guard(scope); // from here on every route of this scope is for staff only; POSTs are checked, forms are read
 *     scope.get('/preview', (request, reply) => {
 *       const { locale, name } = staff.memberOf(request);
 *       return staff.send(request, reply, {
 *         title: 'Preview',
 *         at: '/preview',
 *         body: html`<p>${textThatIsEscaped}</p>`,
 *         // optional: styles: ['/preview/preview.css'], scripts: ['/preview/preview.js'], csp: '…'
 *       });
 *     });
 *   });
 * }
 * ```
 *
 * Pages hold no inline script or style (the policy refuses them) and work without JavaScript. `FileRoster` is the list of
 * staff (`npm run staff add`); in tests `roster: { members: async () => [{ name, hash: hashToken(token) }] }` does.
 */
export { escapeHtml, type Html, html, type Piece } from './html.ts';
export type { NavEntry } from './layout.ts';
export { FileRoster, type Member, membersFromEnvironment, type Roster, RosterError } from './roster.ts';
export { registerStaff } from './routes.ts';
export type { StaffMember } from './session.ts';
export { Staff, type StaffBrain, type StaffDeps, type StaffPage } from './staff.ts';
export { hashToken, newToken } from './tokens.ts';
