/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The table of cross-checks. Each is quiet on a healthy machine, of 1 GB and
 * of 1 TB alike, so its tolerance is made for it: none where the kernel prints
 * two sums of the same numbers; what CPUs hold back where pages are counted
 * one by one; the growth in the minutes between two files where processes
 * are. check_draft.h tells how one is made.
 */
#include "account/cross_checks.h"

#include "account/check_draft.h"

/* Only add at the end of a group: people compare lists. */
static const struct check_kind *const kinds[] = {
	&check_anon_lru,       &check_file_lru,	       &check_lru_total,
	&check_active_parts,   &check_inactive_parts,  &check_slab_slabinfo,
	&check_slab_parts,     &check_page_tables,     &check_percpu,
	&check_memtotal_zones, &check_memtotal_series, &check_pss_anon,
	&check_pss_mapped,     &check_counted_total,   &check_above_total,
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static void make(struct check_draft *draft, const struct check_kind *kind)
{
	struct cross_check *check = draft->check;

	*check = (struct cross_check){
		.id = kind->id,
		.title = kind->title,
		.state = CHECK_AGREES,
		.left_name = kind->left_name,
		.right_name = kind->right_name,
		.at_most = kind->at_most,
		.meaning = kind->compared,
	};
	if (!draft->facts->budget->known)
		check_cannot(draft, "the capture lacks /proc/meminfo");
	else
		kind->make(draft);
	if (check->state == CHECK_DIFFERS && kind->impossible)
		check->state = CHECK_IMPOSSIBLE;
}

bool cross_checks_make(const struct cross_check_facts *facts,
		       struct arena *arena, struct cross_check **ret,
		       size_t *ret_count, struct error *err)
{
	struct cross_check *checks =
		arena_alloc(arena, KINDS * sizeof(*checks));
	struct check_machine machine;
	size_t i;

	if (!checks)
		return error_no_memory(err);
	check_machine_look(facts->counters, facts->budget, &machine);
	for (i = 0; i < KINDS; i++) {
		struct check_draft draft = {
			.facts = facts,
			.machine = &machine,
			.arena = arena,
			.check = &checks[i],
		};

		make(&draft, kinds[i]);
		if (draft.no_memory)
			return error_no_memory(err);
	}
	*ret = checks;
	*ret_count = KINDS;
	return true;
}
