/** One page of the administrator: where it is, and the group of its words, which has a `title` and a `lead`. */
export interface AdministrationPage {
  readonly name: string;
  readonly to: string;
  readonly words: string;
}

/** Every page of the administrator, in the order of the first page and of the navigation. */
export const ADMINISTRATION_PAGES: readonly AdministrationPage[] = [
  { name: 'scanners', to: '/admin/scanners', words: 'home.cards.scanners' },
  { name: 'databases', to: '/admin/databases', words: 'home.cards.databases' },
  { name: 'health', to: '/admin/health', words: 'roleHome.cards.health' },
  { name: 'users', to: '/admin/users', words: 'home.cards.users' },
  { name: 'settings', to: '/admin/settings', words: 'home.cards.settings' },
  { name: 'upstream', to: '/admin/upstream', words: 'home.cards.upstream' },
  { name: 'logs', to: '/admin/logs', words: 'roleHome.cards.logs' },
];
