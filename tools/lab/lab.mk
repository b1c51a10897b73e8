# SPDX-License-Identifier: MIT
#
# The labs, for the top Makefile. docs/labs/NN-name/lab.toml says what a lab is made of.

.PHONY: lab lab-list lab-update test-long grade

# Each choice that was made, as an argument: DIR=../x is --dir '../x'.
LAB_PY  = @$(PYTHON) tools/lab/lab.py
lab_arg = $(if $(value $(2)),--$(1) $(call quote,$(value $(2))))

lab-list: ## the labs: what each takes, gives and needs
	$(LAB_PY) list

lab: ## write a lab's starter: LAB=3 DIR=../my-lab
	$(LAB_PY) start $(call lab_arg,lab,LAB) $(call lab_arg,dir,DIR)

lab-update: ## bring a mended lab into a starter, and keep the work in it: DIR=../my-lab
	$(LAB_PY) update $(call lab_arg,dir,DIR)

# The tests of both architectures, unless ARCH= was given.
grade: ## grade a lab: LAB=3 DIR=../my-lab (CHECK=, SEED=, GRADER_EXTRA=DIR, JSON=FILE; JUNIT, GRADESCOPE, CLASSROOM)
	$(LAB_PY) grade $(call lab_arg,lab,LAB) $(call lab_arg,dir,DIR) $(call lab_arg,check,CHECK) \
		$(call lab_arg,seed,SEED) $(call lab_arg,extra,GRADER_EXTRA) \
		$(if $(filter file,$(origin ARCH)),,--arch $(ARCH)) \
		$(foreach form,JSON JUNIT GRADESCOPE CLASSROOM,$(call \
			lab_arg,$(shell echo $(form) | tr A-Z a-z),$(form)))

LONG_FILES = $(if $(filter storm,$(LONG)),tools/testing/test_smp.py) \
	$(if $(filter labs,$(LONG)),tools/testing/test_lab_proof.py)
test-long: LONG = labs storm
test-long: ## labs mutant by mutant on both architectures, a minute of vmstorm (LONG=labs, LONG=storm)
	@LONG='$(LONG)' $(PYTEST) $(or $(strip $(LONG_FILES)),$(error LONG=$(LONG): labs, storm, or both))
