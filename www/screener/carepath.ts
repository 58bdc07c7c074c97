// The script of other pages: `<script type="module" src="…/carepath.js">` defines `<care-pathway>`.

import { CarePathway } from './care-pathway.ts';

if (!customElements.get('care-pathway')) customElements.define('care-pathway', CarePathway);
