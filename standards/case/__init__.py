"""1EdTech CASE 1.1: frameworks as packages that other systems read, and packages of other systems read as frameworks.

A package here is what CASE calls CFPackage: one CFDocument, CFItems, CFAssociations, CFDefinitions, CFRubrics. What our
rules need beyond CASE stands under `extensions["chuan"]`.
"""
